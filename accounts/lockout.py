"""How failed sign-ins are counted, and whom a lock holds.

django-axes notes every attempt and refuses what is locked. It has one limit and one
delay; here the account, the address and both together have each their own.
"""

import datetime as dt
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessFailureLog, AccessLog
from axes.signals import user_locked_out
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.actions.locks import forget_failures, lock_sign_in
from accounts.backends import digest_unknown_name, find_account
from accounts.models import SignInLock
from accounts.querysets import KNOWN_FOR

LIMITS = {"both": 5, "name": 25, "address": 50}
"""Wrong passwords before the account at one address, the account, the address lock."""
COUNTED_FOR = dt.timedelta(hours=1)


def lockout_name(
    request: HttpRequest | None, credentials: dict[str, Any] | None
) -> str:
    """Return the name that is counted: the account's, or a digest of an unknown one.

    The two names of one account, username and phone, are counted as one.
    """
    text = (credentials or {}).get("username") or ""
    if not text and request is not None:
        text = request.POST.get("username", "")
    if not text:
        return ""
    user = find_account(text)
    return user.username if user is not None else digest_unknown_name(text)


def is_known(name: str, address: str) -> bool:
    """Whether the account signed in from this address before."""
    since = timezone.now() - KNOWN_FOR
    seen = AccessLog.objects.filter(username=name, ip_address=address)
    return bool(seen.filter(attempt_time__gte=since).exists())


def is_locked(name: str, address: str) -> bool:
    """Whether a lock holds for this account at this address."""
    keys = {
        (lock.name, lock.address)
        for lock in SignInLock.objects.holding(timezone.now()).against(name, address)
    }
    if (name, address) in keys:
        return True
    return bool(keys) and not is_known(name, address)


def place_locks(name: str, address: str) -> bool:
    """Lock what reached its limit; return whether anything did."""
    keys = {"both": (name, address), "name": (name, ""), "address": ("", address)}
    reached = [
        keys[kind]
        for kind, limit in LIMITS.items()
        if count_failures(*keys[kind]) >= limit
    ]
    for own_name, own_address in reached:
        lock_sign_in(own_name, own_address)
    return bool(reached)


def count_failures(name: str, address: str) -> int:
    """Count the wrong passwords of the last hour, since the last lock of this key."""
    since = timezone.now() - COUNTED_FOR
    last = SignInLock.objects.filter(name=name, address=address).first()
    if last is not None:
        since = max(since, last.locked_at)
    failures = AccessFailureLog.objects.filter(attempt_time__gt=since)
    if name:
        failures = failures.filter(username=name)
    if address:
        failures = failures.filter(ip_address=address)
    return int(failures.count())


class LockoutHandler(AxesDatabaseHandler):
    """Axes' record of attempts, with our own locks."""

    def is_locked(self, request: Any, credentials: Any = None) -> bool:
        return is_locked(lockout_name(request, credentials), request.axes_ip_address)

    def get_failures(self, request: Any, credentials: Any = None) -> int:
        """Return none: our own locks decide, not the limit of axes."""
        return 0

    def user_login_failed(
        self, sender: Any, credentials: Any, request: Any = None, **kwargs: Any
    ) -> None:
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is None or request.axes_locked_out:
            return
        name, address = lockout_name(request, credentials), request.axes_ip_address
        if place_locks(name, address) and is_locked(name, address):
            request.axes_locked_out = True
            request.axes_credentials = credentials
            user_locked_out.send(
                "axes", request=request, username=name, ip_address=address
            )

    def user_logged_in(
        self, sender: Any, request: Any, user: Any, **kwargs: Any
    ) -> None:
        super().user_logged_in(sender, request, user, **kwargs)
        forget_failures(user.username, request.axes_ip_address)


def respond_locked_out(
    request: HttpRequest,
    _response: Any = None,
    _credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show that signing in is refused for a while."""
    return render(request, "429.html", status=429)
