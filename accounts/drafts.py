"""Keeps what was typed into a form whose session had ended, without any script.

The middleware that ends a session notes in the anonymous one whose it was. A form that
arrives then is kept there, encrypted, and is offered again to the same account after
signing in: its page is opened with what was typed, and judged as if it had been sent.
Browsers that run scripts keep it themselves (`drafts.js`), and say so when signing in.
A form at which the system itself failed is kept in the session of who sent it.

A session can also vanish: its cookie runs out or is deleted, its row is cleared. Whose
it was is then known from a signed cookie that the sign-in leaves and the sign-out takes
away. Signing in gives a browser a new secret against forged forms, so a form that
passes that check was opened by the account that signed in last. A browser that lost
that secret too, with all its cookies, sends a form of which nobody can tell who typed
it: it is refused (`403_csrf.html`) and not kept.
"""

import json
import logging
import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.core.signing import BadSignature
from django.db import Error
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext

from accounts.http import reader
from accounts.sessions import ENDED_FOR, was_lost_by_sign_out
from core import crypto
from core.admin import ActionBackedAdmin
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.forms import KEY
from core.web.idempotency import is_key
from core.web.views import ActionFormView

log = logging.getLogger(__name__)

DRAFT = "draft"
DRAFT_CONTEXT = "session.draft"
RESTORE, LEAVE = "restore", "leave-draft"
KEPT_BY_BROWSER = "draft_kept_by_browser"
KEPT_SECONDS = 60 * 60
ADMIN_FORMS = ("_add", "_change", "_end")
WHOSE = "whose"
WHOSE_SECONDS = settings.MEMBER_SESSION_AGE + KEPT_SECONDS  # outlives every session
MAX_LENGTH = 100_000
# As in `drafts.js`.
PRIVATE_NAME = re.compile("id_number|identity|phone|mobile|password", re.IGNORECASE)
DATE = r"(?:19|20)\d\d[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12]\d|3[01])(?!\d)"
PRIVATE_NUMBER = re.compile(rf"{DATE}|(?P<number>(?:\d[\s-]*){{10,}}\d[Xx]?)")
HIDDEN_NUMBER = "******"
OWN_FIELDS = {"csrfmiddlewaretoken", KEY}

GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an account typed into the form at an address, as it was sent."""

    account: int
    path: str
    values: dict[str, list[str]]
    at: float
    failed: bool = False  # the system failed; otherwise the session had ended

    @property
    def restore_url(self) -> str:
        """The page of the form with everything filled in."""
        return f"{self.path}?{RESTORE}=1"

    @property
    def leave_url(self) -> str:
        """The page of the form without what was typed, which is then forgotten."""
        return f"{self.path}?{LEAVE}=1"

    def as_data(self) -> QueryDict:
        """Return the values as a form takes them."""
        data = QueryDict(mutable=True)
        for name, values in self.values.items():
            data.setlist(name, values)
        return data


def kept_drafts_middleware(get_response: GetResponse) -> GetResponse:
    """Keep forms that arrive after the session ended, and offer them again.

    Sets `kept_draft` on requests of the account that typed it, and `restored_form` on
    that for the page of the form filled in again.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        was = request.user.pk
        if was is not None and DRAFT in request.session:
            _offer(request)
        response = get_response(request)
        if was_lost_by_sign_out(request, response):
            _note_whose_session_vanished(request)
            _keep_signed_out(request)
        _leave_whose_cookie(request, response, was)
        return response

    return respond


def _note_whose_session_vanished(request: HttpRequest) -> None:
    """Note in the anonymous session whose the lost one was, if the browser can tell."""
    if ENDED_FOR in request.session:
        return
    try:
        account = request.get_signed_cookie(WHOSE, salt=WHOSE, max_age=WHOSE_SECONDS)
    except (BadSignature, KeyError):
        return
    request.session[ENDED_FOR] = int(account or 0)


def _leave_whose_cookie(
    request: HttpRequest, response: HttpResponse, was: int | None
) -> None:
    """Let the browser know who signed in; forget them when they sign out."""
    now = request.user.pk
    if now is not None and (now != was or WHOSE not in request.COOKIES):
        response.set_signed_cookie(
            WHOSE,
            f"{now}",
            salt=WHOSE,
            max_age=WHOSE_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif now is None and was is not None:
        response.delete_cookie(WHOSE, samesite="Lax")


def _can_be_filled_in(request: HttpRequest) -> bool:
    """Whether the address is a form of ours that a page can show filled in."""
    match = request.resolver_match
    view: Any = match.func if match else None
    if isinstance(getattr(view, "model_admin", None), ActionBackedAdmin):
        return f"{match and match.url_name}".endswith(ADMIN_FORMS)
    view_class: Any = getattr(view, "view_class", object)
    is_form = issubclass(view_class, ActionFormView)
    return is_form and "get" in view_class.http_method_names


def _keep_signed_out(request: HttpRequest) -> None:
    """Keep a form for the account whose session had ended, if that is known."""
    if ENDED_FOR in request.session and _keep(request, request.session[ENDED_FOR]):
        messages.info(
            request,
            gettext("What you typed is kept for an hour and offered after signing in."),
        )


def keep_failed_form(request: HttpRequest) -> str:
    """Keep a form at which the system failed; return the page that fills it in again.

    It keeps its key: if it was recorded in spite of the failure, it is not recorded
    twice. Nothing is kept, and nothing returned, where the session cannot be stored.
    """
    user = getattr(request, "user", None)
    try:
        if user is None or not user.is_authenticated:
            return ""
        if not _keep(request, user.pk, failed=True):
            return ""
        request.session.save()  # the session of a failed request is not stored else
    except (Error, UpdateError):
        log.exception("What was typed could not be kept.")
        return ""
    return f"{request.path}?{RESTORE}=1"


def _keep(request: HttpRequest, account: int, *, failed: bool = False) -> bool:
    """Keep a form of ours that can be opened filled in, without numbers and secrets."""
    if not _can_be_filled_in(request):
        return False
    values = dict(_values_of(request.POST))
    key = request.POST.get(KEY, "")
    if values and failed and is_key(key):
        values[KEY] = [key]
    draft = Draft(account, request.path, values, time.time(), failed)
    text = json.dumps(asdict(draft))
    is_kept = bool(values) and len(text) <= MAX_LENGTH
    if is_kept:
        request.session[DRAFT] = crypto.encrypt(text, context=DRAFT_CONTEXT)
    return is_kept


def _values_of(data: QueryDict) -> list[tuple[str, list[str]]]:
    kept = []
    for name, sent in data.lists():
        values = [str(v) if name == VERSION_TOKEN else hide_numbers(v) for v in sent]
        is_kept = name not in OWN_FIELDS and not PRIVATE_NAME.search(name)
        if is_kept and any(values):
            kept.append((name, values))
    return kept


def hide_numbers(text: str) -> str:
    """Return the text with stars for what looks like a number of a person.

    Dates are none. Nothing is left of a text that is such a number and no more.
    """
    left = PRIVATE_NUMBER.sub(
        lambda found: HIDDEN_NUMBER if found["number"] else found[0], text
    )
    return "" if left.strip() == HIDDEN_NUMBER else left


def _offer(request: HttpRequest) -> None:
    """Offer a draft to the account that typed it; forget one of no more use."""
    draft = _read(request.session)
    here = draft is not None and draft.path == request.path
    is_done = here and (request.method == "POST" or LEAVE in request.GET)
    if draft is None or draft.account != reader(request).pk or is_done:
        del request.session[DRAFT]
        return
    if here and request.method == "GET" and RESTORE in request.GET:
        request.restored_form = draft.as_data()  # type: ignore[attr-defined] # read by forms
    request.kept_draft = draft  # type: ignore[attr-defined] # read by the page


def _read(session: SessionBase) -> Draft | None:
    """Return the kept draft unless it is too old or cannot be read any more."""
    try:
        draft = Draft(
            **json.loads(crypto.decrypt(session[DRAFT], context=DRAFT_CONTEXT))
        )
    except (InvalidTag, KeyError, ValueError):
        return None
    return draft if time.time() - draft.at <= KEPT_SECONDS else None


def forget_draft_of_browser(
    *, request: HttpRequest, user: AbstractBaseUser, **_signal: Any
) -> None:
    """Forget the draft at sign-in if the browser keeps it, or somebody else comes."""
    is_other = request.session.pop(ENDED_FOR, None) not in {None, user.pk}
    if is_other or request.POST.get(KEPT_BY_BROWSER):
        request.session.pop(DRAFT, None)
