"""Whether the last sign-in of each account is the one that the audit log recorded.

It changes with every sign-in and has no digest. An account whose stamp was set
forward is never closed as unused; one whose stamp was set back is closed at once.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from accounts.models import AuditEntry, User

SIGNED_IN = "accounts.record_sign_in"
SAME_REQUEST = dt.timedelta(minutes=1)
LOOKS = 3


def find_unrecorded_sign_ins() -> Iterator[str]:
    """Yield accounts whose last sign-in differs from the last one in the log.

    Somebody may be signing in at this moment: what differs is looked at again.
    """
    differing = [user.pk for user in _with_recorded(User.objects) if _differs(user)]
    for _look in range(LOOKS if differing else 0):
        users = _with_recorded(User.objects.filter(pk__in=differing))
        differing = [user.pk for user in users if _differs(user)]
    for pk in differing:
        yield f"account {pk}: the last sign-in is not the one in the audit log"


def _with_recorded(users: Any) -> QuerySet[Any]:
    entries = AuditEntry.objects.filter(
        action=SIGNED_IN,
        subject_type=User._meta.label,
        subject_id=Cast(OuterRef("pk"), CharField()),
    )
    recorded = Subquery(entries.order_by("-pk").values("at")[:1])
    rows: QuerySet[Any] = users.order_by("pk").annotate(recorded_sign_in=recorded)
    return rows.only("pk", "last_login")


def _differs(user: Any) -> bool:
    stamped, recorded = user.last_login, user.recorded_sign_in
    if stamped is None or recorded is None:
        return stamped is not recorded
    return bool(abs(recorded - stamped) > SAME_REQUEST)
