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
ENDED_FOR = "ended_for"
"""Whose session was ended, noted in the anonymous one that follows it."""
STEP = 60
"""Seconds between two updates of `SEEN`, so that not every page writes the session."""
OFFICE = frozenset(Role) - {Role.MEMBER}

GetResponse = Callable[[HttpRequest], HttpResponse]


def note_sign_in(*, request: HttpRequest, **_signal: Any) -> None:
    """Write the time of the sign-in into the session."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def has_ended(session: SessionBase, *, idles: bool) -> bool:
    """Whether the session is over its limit, or over the idle limit if that applies."""
    now = time.time()
    if now - session.get(BEGAN, 0) > settings.SESSION_COOKIE_AGE:
        return True
    return idles and now - session.get(SEEN, 0) > settings.SESSION_IDLE_AGE


def ending_sessions_middleware(get_response: GetResponse) -> GetResponse:
    """Sign out people whose session has ended.

    The idle limit applies to people with an office role; an ordinary member, who reads
    posts on their own phone, has the whole day.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        if was_signed_in:
            idles = scope_of(request.user).has_role(OFFICE)
            if has_ended(request.session, idles=idles):
                account = request.user.pk
                logout(request)
                request.session[ENDED_FOR] = account
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


def was_lost_by_sign_out(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a form was sent after the session ended and redirects to sign-in."""
    query = urlsplit(response.headers.get("Location", "")).query
    return request.method == "POST" and REDIRECT_FIELD_NAME in parse_qs(query)
