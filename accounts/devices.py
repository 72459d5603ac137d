"""Browsers in which an account signed in before.

A signed cookie names the accounts, so that an office whose address changes is not
locked out together with strangers. It opens nothing: the password is asked all the
same. It is bound to the password, so that a new one ends what an old cookie allowed.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.querysets import KNOWN_FOR

COOKIE = "device"
MOST_ACCOUNTS = 10
"""Several share an office computer; more are no longer one device."""
MARK_LENGTH = 20


def is_known_device(request: HttpRequest, name: str) -> bool:
    """Whether the account signed in with this browser, with the password of today."""
    marks = _read(request)
    if not marks:
        return False
    user = User.objects.filter(username=name).first()
    if user is None:
        return False
    return constant_time_compare(marks.get(str(user.pk), ""), _mark(user))


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Note in the browser that the account signed in with it."""
    others = [(k, mark) for k, mark in _read(request).items() if k != str(user.pk)]
    marks = dict([*others[1 - MOST_ACCOUNTS :], (str(user.pk), _mark(user))])
    response.set_cookie(
        COOKIE,
        signing.dumps(marks, salt=__name__),
        max_age=KNOWN_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _read(request: HttpRequest) -> dict[str, str]:
    text = request.COOKIES.get(COOKIE, "")
    try:
        marks: dict[str, str] = signing.loads(text, salt=__name__, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return {}
    return marks


def _mark(user: User) -> str:
    return user.get_session_auth_hash()[:MARK_LENGTH]
