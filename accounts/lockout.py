"""How failed sign-ins are counted, and whom a lock holds.

django-axes notes every attempt and refuses what is locked. It has one limit and one
delay; here the account, the address and both together have each their own.
"""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.signals import user_locked_out
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.actions.locks import forget_failures, lock_sign_in
from accounts.backends import digest_unknown_name, find_account
from accounts.devices import is_known_device
from accounts.guesses import (
    LIMITS,
    count_failures,
    count_one_by_one,
    enter_guess,
    is_known_address,
    keep_guess,
    keys_of,
)
from accounts.models import SignInLock


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


def is_known(request: HttpRequest, name: str, address: str) -> bool:
    """Whether the account signed in before from this address or with this browser."""
    return is_known_address(name, address) or is_known_device(request, name)


def is_locked(request: HttpRequest, name: str, address: str) -> bool:
    """Whether a lock holds for this account at this address."""
    keys = {
        (lock.name, lock.address)
        for lock in SignInLock.objects.holding(timezone.now()).against(name, address)
    }
    if (name, address) in keys:
        return True
    return bool(keys) and not is_known(request, name, address)


@transaction.atomic
def lock_account(name: str, address: str) -> bool:
    """Lock what reached its limit; return whether anything did."""
    count_one_by_one(name, address)
    reached = [
        key
        for kind, key in keys_of(name, address).items()
        if count_failures(*key) >= LIMITS[kind]
    ]
    for own_name, own_address in reached:
        lock_sign_in(own_name, own_address)
    return bool(reached)


class LockoutHandler(AxesDatabaseHandler):
    """Axes' record of attempts, with our own locks."""

    def is_locked(self, request: Any, credentials: Any = None) -> bool:
        name = lockout_name(request, credentials)
        return is_locked(request, name, request.axes_ip_address)

    def is_allowed(self, request: Any, credentials: Any = None) -> bool:
        """Whether a password may be compared; it counts as wrong until it is right."""
        if not super().is_allowed(request, credentials):
            return False
        name, address = lockout_name(request, credentials), request.axes_ip_address
        known = is_known(request, name, address)
        request.guess = enter_guess(name, address, is_known=known)
        return request.guess is not None

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
        keep_guess(request, name, address)
        if lock_account(name, address) and is_locked(request, name, address):
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
