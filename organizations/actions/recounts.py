"""Saying that figures no longer fit the facts."""

import datetime as dt
from collections.abc import Iterable

from core.months import month_of
from organizations.models import RecountRequest


def request_recount(facts: Iterable[tuple[int, dt.date]]) -> None:
    """Mark organizations' figures stale from the month of each fact on.

    Called inside the deed's own transaction; marks are only inserted, so that two
    deeds never wait for each other.
    """
    earliest: dict[int, dt.date] = {}
    for organization_id, day in facts:
        month = month_of(day)
        earliest[organization_id] = min(month, earliest.get(organization_id, month))
    RecountRequest.objects.bulk_create(
        RecountRequest(organization_id=organization_id, month=month)
        for organization_id, month in sorted(earliest.items())
    )
