"""Offers kept forms on their pages, and forgets them once they are recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from accounts.drafts.keeping import keep_signed_out, path_of_form
from accounts.drafts.storing import (
    KEPT_SECONDS,
    LEAVE,
    RESTORE,
    Draft,
    keep_only,
    read_drafts,
)
from accounts.http import reader
from accounts.sessions import DRAFTS, ENDED_FOR, was_lost_by_sign_out
from core.web.idempotency import KEY, find_finished

KEPT_BY_BROWSER = "drafts_kept_by_browser"
WHOSE = "whose"
WHOSE_SECONDS = settings.MEMBER_SESSION_AGE + KEPT_SECONDS  # outlives every session

GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class OfferedDrafts:
    """The drafts that a page offers: the one filled in, those of its form, others."""

    restored: Draft | None
    here: list[Draft]
    elsewhere: list[Draft]

    @property
    def keys(self) -> str:
        """The keys of all of them, so that the browser does not offer them, too."""
        return " ".join(one.key for one in [*self.here, *self.elsewhere])


def kept_drafts_middleware(get_response: GetResponse) -> GetResponse:
    """Keep forms that arrive after the session ended, and offer them again.

    Sets `kept_drafts` on requests of the account that typed them, and `restored_form`
    on that for the page of a form filled in again.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        was = request.user.pk
        if was is not None and DRAFTS in request.session:
            _offer(request)
        response = get_response(request)
        is_answered = response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        if was is not None and is_answered and DRAFTS in request.session:
            _forget_recorded(request)
        if was_lost_by_sign_out(request, response):
            _note_whose_session_vanished(request)
            keep_signed_out(request)
        _leave_whose_cookie(request, response, was)
        return response

    return respond


def _offer(request: HttpRequest) -> None:
    """Offer the drafts of the account; forget those that are old or discarded."""
    account, discarded = reader(request).pk, request.GET.get(LEAVE)
    drafts = keep_only(
        request.session, lambda one: one.is_of(account) and one.key != discarded
    )
    here = [one for one in drafts if one.path == request.path]
    elsewhere = [one for one in drafts if one.path != request.path]
    restored = None
    if request.method == "GET":
        asked = request.GET.get(RESTORE)
        restored = next((one for one in here if one.key == asked), None)
    if restored is not None:
        request.restored_form = restored.as_data()  # type: ignore[attr-defined] # read by forms
    if drafts:
        offered = OfferedDrafts(restored, here, elsewhere)
        request.kept_drafts = offered  # type: ignore[attr-defined] # read by the page


def _forget_recorded(request: HttpRequest) -> None:
    """Forget the draft of a form that was sent again and is now recorded."""
    if request.method != "POST":
        return
    key, restored = request.POST.get(KEY, ""), request.GET.get(RESTORE)
    path = path_of_form(request)

    def is_sent(draft: Draft) -> bool:
        return draft.path == path and draft.key in {key, restored}

    sent = [one for one in read_drafts(request.session) if is_sent(one)]
    if sent and find_finished(key, by=reader(request)) is not None:
        keep_only(request.session, lambda one: not is_sent(one))


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


def forget_drafts_at_sign_in(
    *, request: HttpRequest, user: AbstractBaseUser, **_signal: Any
) -> None:
    """Forget the drafts that the browser keeps; all of them if somebody else comes."""
    is_other = request.session.pop(ENDED_FOR, None) not in {None, user.pk}
    in_browser = request.POST.get(KEPT_BY_BROWSER, "").split()
    if is_other:
        request.session.pop(DRAFTS, None)
    keep_only(request.session, lambda one: one.failed or one.key not in in_browser)
