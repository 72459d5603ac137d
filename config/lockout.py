"""How failed sign-ins are counted and locked out."""

from typing import Any

from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actions import record_lockout
from accounts.backends import digest_unknown_name, find_account
from accounts.models import User


def lockout_name(_request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the name that is counted: the account's, or a digest of an unknown one.

    The two names of one account, username and phone, are counted as one.
    """
    text = (credentials or {}).get("username") or ""
    if not text and _request is not None:
        text = _request.POST.get("username", "")
    if not text:
        return ""
    user = find_account(text)
    return user.username if user is not None else digest_unknown_name(text)


def respond_locked_out(
    request: HttpRequest,
    _response: Any = None,
    credentials: dict[str, Any] | None = None,
    **_kwargs: Any,
) -> HttpResponse:
    """Show that the account is locked for a while; record the lockout once."""
    name = lockout_name(request, credentials)
    just_now = AccessAttempt.objects.filter(
        username=name,
        ip_address=getattr(request, "axes_ip_address", None),
        attempt_time=getattr(request, "axes_attempt_time", None),
    )
    user = User.objects.filter(username=name).first()
    if user is not None and just_now.exists():
        record_lockout(user)
    return render(request, "429.html", status=429)
