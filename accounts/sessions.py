"""How long somebody stays signed in: so long without work, and so long at most."""

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
STEP = 60
"""Seconds between two notes of when somebody was last seen: not each page writes."""
OFFICE = frozenset(Role) - {Role.MEMBER}

GetResponse = Callable[[HttpRequest], HttpResponse]


def note_sign_in(*, request: HttpRequest, **_signal: Any) -> None:
    """Note when somebody signed in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def has_ended(session: SessionBase, *, idles: bool) -> bool:
    """Whether the session lasted too long, or stood idle too long where that counts."""
    now = time.time()
    if now - session.get(BEGAN, 0) > settings.SESSION_COOKIE_AGE:
        return True
    return idles and now - session.get(SEEN, 0) > settings.SESSION_IDLE_AGE


def ending_sessions_middleware(get_response: GetResponse) -> GetResponse:
    """Sign out whoever stays too long, or holds an office and left his desk.

    A plain member, who reads posts on his own phone, has the whole day.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        known = request.user.is_authenticated
        if known:
            idles = scope_of(request.user).holds(OFFICE)
            if has_ended(request.session, idles=idles):
                logout(request)
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
        if not known and was_lost_by_sign_out(request, response):
            messages.info(
                request, gettext("You were signed out meanwhile: please do it again.")
            )
        return response

    return respond


def was_lost_by_sign_out(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether somebody who is signed in no longer sent something and must sign in."""
    asked = urlsplit(response.headers.get("Location", "")).query
    return request.method == "POST" and REDIRECT_FIELD_NAME in parse_qs(asked)
