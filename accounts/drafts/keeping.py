"""Keeps a form that was not saved in the session, for the account that typed it."""

import logging
import time
from typing import Any

from django.contrib import messages
from django.contrib.sessions.backends.base import UpdateError
from django.db import Error
from django.http import HttpRequest
from django.utils.translation import gettext

from accounts.drafts.storing import Draft, add_draft, values_without_numbers
from accounts.sessions import ENDED_FOR
from core.admin import ActionBackedAdmin
from core.web.failures import FailedForm
from core.web.idempotency import KEY, is_key
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
        if user is None or not user.is_authenticated or not title_of_form(request):
            return None
        draft = _keep(request, user.pk, failed=True)
        request.session.save()  # the session of a failed request is not stored else
    except (Error, UpdateError):
        log.exception("What was typed could not be kept.")
        return None
    if draft is None:
        return FailedForm(request.path, is_kept=False)
    return FailedForm(draft.restore_url, is_kept=True)


def title_of_form(request: HttpRequest) -> str:
    """Return the title of the form at the address; nothing if no page can refill it."""
    match = request.resolver_match
    view: Any = match.func if match else None
    admin = getattr(view, "model_admin", None)
    if isinstance(admin, ActionBackedAdmin):
        is_form = f"{match and match.url_name}".endswith(ADMIN_FORMS)
        return str(admin.opts.verbose_name) if is_form else ""
    view_class: Any = getattr(view, "view_class", object)
    if issubclass(view_class, ActionFormView) and "get" in view_class.http_method_names:
        return str(view_class.title)
    return ""


def _keep(request: HttpRequest, account: int, *, failed: bool = False) -> Draft | None:
    """Keep a form of ours that can be opened filled in, without numbers and secrets."""
    title, key = title_of_form(request), request.POST.get(KEY, "")
    values = values_without_numbers(request.POST)
    if not title or not values or not is_key(key):
        return None
    if failed:
        values[KEY] = [key]
    draft = Draft(account, request.path, key, title, values, time.time(), failed)
    return draft if add_draft(request.session, draft) else None
