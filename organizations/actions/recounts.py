"""Requests to recount figures after a change."""

import datetime as dt
from collections.abc import Iterable

from core.months import month_of
from organizations.models import RecountRequest


def request_recount(facts: Iterable[tuple[int, dt.date]]) -> None:
    """Request a recount of organizations' figures from the month of each fact on.

    Called inside the action's own transaction; requests are only inserted, so that two
    actions never wait for each other.
    """
    earliest: dict[int, dt.date] = {}
    for organization_id, day in facts:
        month = month_of(day)
        earliest[organization_id] = min(month, earliest.get(organization_id, month))
    RecountRequest.objects.bulk_create(
        RecountRequest(organization_id=organization_id, month=month)
        for organization_id, month in sorted(earliest.items())
    )
