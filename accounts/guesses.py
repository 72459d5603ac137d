"""Tries to sign in, counted before the password is compared.

Counted afterwards, many that arrive at one moment would all be compared before the
first one counts. So each is entered as a failure first and taken out when it was right.
One that was never answered, because the server broke off meanwhile, told nobody whether
the password was right: it counts no longer than a request can last.
"""

import datetime as dt
import ipaddress
import zlib
from typing import Any

from axes.models import AccessFailureLog, AccessLog
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import SignInLock
from accounts.querysets import KNOWN_FOR
from core.db.locks import lock_exclusive
from core.web.middleware import client_address

LIMITS = {"both": 5, "name": 25, "address": 50}
"""Wrong passwords before the account at one address, the account, the address lock."""
COUNTED_FOR = dt.timedelta(hours=1)
UNANSWERED = "unanswered"  # in a column of axes that nobody else fills here
UNANSWERED_FOR = dt.timedelta(minutes=5)  # no request lasts as long, behind any proxy
KEY_BITS = 0x7FFFFFFF  # advisory locks are counted in signed integers
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - counted under it, not bound to it
SUBNET_BITS = 64  # what one line of IPv6 gets, with as many addresses as it likes


def counted_address(request: HttpRequest) -> str:
    """Return the address under which a caller is counted: of IPv6 the network's.

    One line of IPv6 has more addresses than could ever be locked one by one.
    """
    text = client_address(request)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return NO_ADDRESS  # a proxy wrote something else; all such callers are one
    if isinstance(address, ipaddress.IPv4Address):
        return text
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    network = ipaddress.IPv6Network((address, SUBNET_BITS), strict=False)
    return str(network.network_address)


def is_known_address(name: str, address: str) -> bool:
    """Whether the account signed in from this address before."""
    since = timezone.now() - KNOWN_FOR
    seen = AccessLog.objects.filter(username=name, ip_address=address)
    return bool(seen.filter(attempt_time__gte=since).exists())


def count_one_by_one(name: str, address: str) -> None:
    """Wait until no other try of this account or from this address is being counted."""
    keys = [f"name {name}", f"address {address}"]
    lock_exclusive("sign-in", [zlib.crc32(key.encode()) & KEY_BITS for key in keys])


@transaction.atomic
def enter_guess(name: str, address: str, *, is_known: bool) -> int | None:
    """Enter a try as a failure, or return None where the limit is reached.

    Where the account is known, only what was tried for it at this address counts.
    """
    count_one_by_one(name, address)
    keys = keys_of(name, address)
    asked = ("both",) if is_known else tuple(keys)
    held = SignInLock.objects.holding(timezone.now()).against(name, address)
    if {keys[kind] for kind in asked} & {(one.name, one.address) for one in held}:
        return None  # placed since this try was let in
    if any(count_failures(*keys[kind]) >= LIMITS[kind] for kind in asked):
        return None
    failure = AccessFailureLog.objects.create(
        username=name,
        ip_address=address,
        attempt_time=timezone.now(),
        path_info=UNANSWERED,
    )
    return int(failure.pk)


def keep_guess(request: Any, name: str, address: str) -> None:
    """Let the try count that was wrong, also where a right one has cleared the rest."""
    AccessFailureLog.objects.update_or_create(
        pk=getattr(request, "guess", None),
        defaults={"username": name, "ip_address": address, "path_info": ""},
    )


def take_back_guess(request: Any) -> None:
    """Let the try not count: the password was right."""
    guess = getattr(request, "guess", None)
    if guess is not None:
        AccessFailureLog.objects.filter(pk=guess).delete()


def keys_of(name: str, address: str) -> dict[str, tuple[str, str]]:
    """Return what is counted for a try, by the kind of its limit."""
    return {"both": (name, address), "name": (name, ""), "address": ("", address)}


def count_failures(name: str, address: str) -> int:
    """Count the tries of the last hour, since the last lock of this key."""
    now = timezone.now()
    since, cut_off = now - COUNTED_FOR, now - UNANSWERED_FOR
    last = SignInLock.objects.filter(name=name, address=address).first()
    if last is not None:
        since = max(since, last.locked_at)
    failures = AccessFailureLog.objects.filter(attempt_time__gt=since)
    failures = failures.exclude(path_info=UNANSWERED, attempt_time__lte=cut_off)
    if name:
        failures = failures.filter(username=name)
    if address:
        failures = failures.filter(ip_address=address)
    return int(failures.count())
