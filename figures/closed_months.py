"""Digests of the figures of closed months, and searches for what does not match them.

A closed month keeps what was counted while it was open, also where its rows are
corrected afterwards. What was changed there without an action shows only beside a
digest with a key that is not in the database.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, TypeAlias

from django.db.models import QuerySet

from core.crypto import keyed_digest
from core.db.querysets import any_of
from core.db.tree import path_range
from figures.models import ClosedFigures, Figure
from organizations.calendars import calendar_of
from organizations.models import Organization, OrganizationVersion

PART = 2000
OrganizationMonth: TypeAlias = tuple[int, dt.date]
"""An organization and a month."""


def ids_ever_below(organization: Organization) -> set[int]:
    """Return the organization and all that ever lay below it."""
    paths = organization.versions.values_list("path", flat=True)
    ever = any_of(path_range("", path) for path in paths)
    return set(
        OrganizationVersion.objects.filter(ever).values_list(
            "organization_id", flat=True
        )
    )


def digests_of(figures: QuerySet[Figure]) -> Iterator[tuple[OrganizationMonth, str]]:
    """Yield the digest of each organization's figures of each month.

    An organization without figures in a month has none.
    """
    rows = figures.order_by("organization_id", "month").values_list(
        "organization_id", "month", "indicator", "tier", "path", "value"
    )
    for key, group in groupby(rows.iterator(PART), key=lambda row: (row[0], row[1])):
        yield key, _digest(key, (row[2:] for row in group))


def digest_figures(key: OrganizationMonth) -> str:
    """Return the digest of an organization's figures of a month as they are now."""
    organization_id, month = key
    rows = Figure.objects.filter(organization=organization_id, month=month)
    return dict(digests_of(rows)).get(key, _digest(key, []))


def _digest(key: OrganizationMonth, rows: Iterable[tuple[Any, ...]]) -> str:
    organization_id, month = key
    figures = sorted([*map(str, row)] for row in rows)
    body = [organization_id, month.isoformat(), *figures]
    return keyed_digest(f"figures {json.dumps(body, ensure_ascii=False)}")


def find_altered_closed_figures() -> Iterator[str]:
    """Yield organizations and months whose figures are not those that were closed.

    A month that is closing at this moment is looked at again.
    """
    rows = ClosedFigures.objects.order_by("pk")
    columns = rows.values_list("organization_id", "month", "digest")
    closed = {(pk, month): digest for pk, month, digest in columns.iterator(PART)}
    calendar = calendar_of(Organization.objects.values_list("pk", flat=True))
    unlike = set(closed)
    for key, digest in digests_of(Figure.objects.all()):
        if key in closed and closed[key] == digest:
            unlike.discard(key)
        elif key[0] in calendar.homes and calendar.is_closed(*key):
            unlike.add(key)
    for key in sorted(unlike):
        yield from _difference(key)


def _difference(key: OrganizationMonth) -> Iterator[str]:
    organization_id, month = key
    row = ClosedFigures.objects.filter(organization=organization_id, month=month)
    closed = row.values_list("digest", flat=True).first()
    if closed != digest_figures(key):
        done = "changed" if closed else "inserted"
        about = f"figures of organization {organization_id}"
        yield f"{month.isoformat()[:7]} {about}: {done}"
