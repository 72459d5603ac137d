"""Session lifetime: an idle limit for the office, and an absolute limit for all."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from core.actors import scope_of
from organizations.roles import Role

BEGAN, SEEN = "began", "seen"
DRAFTS = "drafts"
"""Forms that were not saved (`accounts.drafts`): they outlive the session's end."""
ENDED_FOR = "ended_for"
"""Whose session was ended, noted in the anonymous one that follows it."""
STEP = 60
"""Seconds between two updates of `SEEN`, so that not every page writes the session."""
OFFICE = frozenset(Role) - {Role.MEMBER}

GetResponse = Callable[[HttpRequest], HttpResponse]


def is_of_the_office(user: Any) -> bool:
    """Whether the person has any role besides that of a member."""
    return scope_of(user).has_role(OFFICE)


def note_sign_in(*, request: HttpRequest, user: Any, **_signal: Any) -> None:
    """Write the time of the sign-in into the session; a member's cookie lasts longer.

    Where the person has an office role later, `has_ended` applies the office's limits.
    """
    request.session[BEGAN] = request.session[SEEN] = int(time.time())
    if not is_of_the_office(user):
        request.session.set_expiry(settings.MEMBER_SESSION_AGE)


def has_ended(session: SessionBase, *, office: bool) -> bool:
    """Whether the session is over its absolute limit, or over the office's idle limit.

    Going on working does not extend the absolute limit.
    """
    now = time.time()
    limit = settings.SESSION_COOKIE_AGE if office else settings.MEMBER_SESSION_AGE
    if now - session.get(BEGAN, 0) > limit:
        return True
    return office and now - session.get(SEEN, 0) > settings.SESSION_IDLE_AGE


def ending_sessions_middleware(get_response: GetResponse) -> GetResponse:
    """Sign out people whose session has ended.

    People with an office role have half an hour of idleness and one day; an ordinary
    member, who reads posts on their own phone, has thirty days.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        if was_signed_in:
            office = is_of_the_office(request.user)
            if has_ended(request.session, office=office):
                _end_session(request)
                messages.info(
                    request,
                    gettext(
                        "You were signed out because nothing was done for a while or"
                        " the day is over. Nothing was changed; sign in to go on."
                    ),
                )
            elif time.time() - request.session[SEEN] > STEP:
                request.session[SEEN] = int(time.time())
        response = get_response(request)
        if not was_signed_in and was_lost_by_sign_out(request, response):
            messages.info(
                request, gettext("You were signed out meanwhile: please do it again.")
            )
        return response

    return respond


def _end_session(request: HttpRequest) -> None:
    """Sign out; the anonymous session knows whose it was, and keeps their drafts."""
    kept = {ENDED_FOR: request.user.pk}
    if DRAFTS in request.session:
        kept[DRAFTS] = request.session[DRAFTS]
    logout(request)
    request.session.update(kept)


def was_lost_by_sign_out(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a form was sent after the session ended and redirects to sign-in."""
    query = urlsplit(response.headers.get("Location", "")).query
    return request.method == "POST" and REDIRECT_FIELD_NAME in parse_qs(query)
