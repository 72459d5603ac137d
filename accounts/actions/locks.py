"""Actions on locks of signing in."""

import datetime as dt

from axes.models import AccessFailureLog, AccessLog
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import LockIsOver
from accounts.models import SignInLock, User
from accounts.querysets import KNOWN_FOR
from core import audit
from core.actions import action

FIRST_DELAY = dt.timedelta(minutes=15)
LONGEST_DELAY = dt.timedelta(hours=8)
LONGEST_FOR_STRANGERS = dt.timedelta(hours=1)
"""For locks that hold wherever nobody is known: their own holder may be there too."""
REMEMBERED_FOR = dt.timedelta(days=1)


@action(label=_("Locked after wrong passwords"), former_name="record_lockout")
def lock_sign_in(name: str, address: str) -> SignInLock:
    """Refuse signing in for a quarter of an hour; each time within a day twice as long.

    With an empty address the account is locked for everywhere, with an empty name the
    address for every account.
    """
    now = timezone.now()
    same = SignInLock.objects.filter(name=name, address=address)
    if (open_lock := same.holding(now).first()) is not None:
        return open_lock
    before = same.filter(locked_at__gt=now - REMEMBERED_FOR).count()
    longest = LONGEST_DELAY if name and address else LONGEST_FOR_STRANGERS
    lock = SignInLock.objects.create(
        name=name,
        user=User.objects.filter(username=name).first() if name else None,
        address=address,
        locked_at=now,
        runs_out_at=now + min(FIRST_DELAY * 2**before, longest),
    )
    audit.record(lock.user or lock, by=None, after=audit.snapshot(lock, "runs_out_at"))
    return lock


@action(label=_("Sign-in lock lifted"))
def lift_lock(lock: SignInLock, *, by: User) -> SignInLock:
    """Let an account or an address sign in again; the wrong passwords are forgotten."""
    lock = SignInLock.objects.select_for_update(of=("self",)).get(pk=lock.pk)
    if lock.lifted_at is not None or lock.runs_out_at <= timezone.now():
        raise LockIsOver
    lock.lifted_at, lock.lifted_by = timezone.now(), by
    lock.save(update_fields=["lifted_at", "lifted_by"])
    audit.record(lock.user or lock, by=by)
    return lock


def forget_failures(name: str, address: str) -> None:
    """Forget the wrong passwords of an account that signed in from the address."""
    AccessFailureLog.objects.filter(username=name, ip_address=address).delete()


def forget_old_attempts() -> int:
    """Delete attempts to sign in that nothing is decided by any more."""
    now = timezone.now()
    failures = AccessFailureLog.objects.filter(attempt_time__lt=now - REMEMBERED_FOR)
    sign_ins = AccessLog.objects.filter(attempt_time__lt=now - KNOWN_FOR)
    locks = SignInLock.objects.filter(runs_out_at__lt=now - KNOWN_FOR)
    return sum(rows.delete()[0] for rows in (failures, sign_ins, locks))
