"""Which certificates of mobile members are to be collected."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef

from members.models import MobileRecord


def to_collect(rows: Any, day: dt.date) -> Any:
    """Keep certificates that are to be given back: period over, or the member back."""
    away = MobileRecord.objects.filter(ends_on=None, member=OuterRef("member"))
    return rows.to_collect(day, away)
