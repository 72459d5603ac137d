"""Keeps a form that was not saved in the session, for the account that typed it."""

import logging
import time
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.sessions.backends.base import UpdateError
from django.db import Error
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext

from accounts.drafts.storing import (
    LEAVE,
    RESTORE,
    Draft,
    add_draft,
    values_without_numbers,
)
from accounts.sessions import ENDED_FOR
from core.admin import ActionBackedAdmin
from core.web.failures import FailedForm
from core.web.idempotency import KEY, is_key
from core.web.ticks import TickedList
from core.web.views import ActionFormView

log = logging.getLogger(__name__)

ADMIN_FORMS = ("_add", "_change", "_end", "_username")


def keep_signed_out(request: HttpRequest) -> None:
    """Keep a form for the account whose session had ended, if that is known."""
    if ENDED_FOR in request.session and _keep(request, request.session[ENDED_FOR]):
        messages.info(
            request,
            gettext("What you typed is kept for an hour and offered after signing in."),
        )


def keep_failed_form(request: HttpRequest) -> FailedForm | None:
    """Keep a form at which the system failed; return the page of the form.

    It keeps its key: if it was recorded in spite of the failure, it is not recorded
    twice. Nothing is kept where the session cannot be stored.
    """
    user = getattr(request, "user", None)
    try:
        if user is None or not user.is_authenticated or not _find_page(request)[0]:
            return None
        draft = _keep(request, user.pk, failed=True)
        request.session.save()  # the session of a failed request is not stored else
    except (Error, UpdateError):
        log.exception("What was typed could not be kept.")
        return None
    if draft is None:
        return FailedForm(request.path, is_kept=False)
    return FailedForm(draft.restore_url, is_kept=True)


def keep_switched_form(request: HttpRequest) -> Draft | None:
    """Keep a form that is sent only to switch the language of its page.

    Browsers without scripts send it so; its page is then opened filled in.
    """
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return None
    try:
        title = _title_at(resolve(page.path))
    except Resolver404:
        return None
    values, key = values_without_numbers(request.POST), request.POST.get(KEY, "")
    values.pop("language", None)
    account = getattr(request.user, "pk", None)
    if account is None or not title or not values or not is_key(key):
        return None
    draft = Draft(
        *(account, page.path, key, title, values, time.time()),
        query=_query_of(page.query),
        switched=True,
    )
    return draft if add_draft(request.session, draft) else None


def title_of_form(request: HttpRequest) -> str:
    """Return the title of the form at the address; nothing if no page can refill it."""
    return _title_at(request.resolver_match)


def _title_at(match: ResolverMatch | None) -> str:
    view: Any = match.func if match else None
    admin = getattr(view, "model_admin", None)
    if isinstance(admin, ActionBackedAdmin):
        is_form = f"{match and match.url_name}".endswith(ADMIN_FORMS)
        return str(admin.opts.verbose_name) if is_form else ""
    view_class: Any = getattr(view, "view_class", object)
    if issubclass(view_class, ActionFormView) and "get" in view_class.http_method_names:
        return str(view_class.title)
    return ""


def _find_page(request: HttpRequest) -> tuple[str, str, str]:
    """Return the title, path and query of the page that can refill a form."""
    match = request.resolver_match
    view_class: Any = getattr(match.func if match else None, "view_class", object)
    if not issubclass(view_class, TickedList):
        return title_of_form(request), request.path, ""
    name = view_class.list_url_name
    path = reverse(name) if name else request.path
    sent_from = urlsplit(request.headers.get("Referer", ""))
    query = _query_of(sent_from.query) if sent_from.path == path else ""
    return str(view_class.ticks_title), path, query


def _query_of(sent_from: str) -> str:
    """Return the query of a page without what says which draft it offers."""
    query = QueryDict(sent_from, mutable=True)
    for own in (RESTORE, LEAVE):
        query.pop(own, None)
    return query.urlencode()


def path_of_form(request: HttpRequest) -> str:
    """Return the path of the page on which the form that was sent stands."""
    return _find_page(request)[1]


def _keep(request: HttpRequest, account: int, *, failed: bool = False) -> Draft | None:
    """Keep a form of ours that can be opened filled in, without numbers and secrets."""
    (title, path, query), key = _find_page(request), request.POST.get(KEY, "")
    values = values_without_numbers(request.POST)
    if not title or not values or not is_key(key):
        return None
    if failed:
        values[KEY] = [key]
    draft = Draft(account, path, key, title, values, time.time(), failed, query)
    return draft if add_draft(request.session, draft) else None
