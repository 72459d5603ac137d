"""Closed months of organizations, by the place that filed each month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.db.locks import lock_shared
from core.db.tree import ancestor_paths
from core.months import last_day, shift_month
from organizations.enums import FILING, MONTHS_LOCK
from organizations.models import MonthState, OrganizationVersion

Homes = Mapping[int, Sequence[tuple[dt.date, str]]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which place files for organizations in each month, and the closed months.

    A branch that was moved in July is filed for June by the community it left: the
    months that this community closed are closed for the branch, and not those of its
    new community.
    """

    homes: Homes
    filing: Mapping[str, int]
    closed: Mapping[int, dt.date]

    def filed_by(self, organization_id: int, month: dt.date) -> int:
        """Return who files a month: the nearest organization above, else itself."""
        versions = self.homes[organization_id]
        paths = [path for starts_on, path in versions if starts_on <= last_day(month)]
        path = paths[-1] if paths else versions[0][1]
        return next(
            (self.filing[p] for p in path_and_ancestors(path) if p in self.filing),
            organization_id,
        )

    def is_closed(self, organization_id: int, month: dt.date) -> bool:
        """Whether the filing organization has closed the month, or a later one."""
        last = self.closed.get(self.filed_by(organization_id, month))
        return last is not None and month <= last

    def first_open(self, organization_id: int, month: dt.date) -> dt.date:
        """Return the month itself, or the first open one after it."""
        while self.is_closed(organization_id, month):
            month = shift_month(month, 1)
        return month


def path_and_ancestors(path: str) -> tuple[str, ...]:
    """Return a path and its ancestors, the nearest first."""
    return (path, *reversed(ancestor_paths(path)))


def calendar_of(organization_ids: Iterable[int], *, lock: bool = False) -> Calendar:
    """Return the calendar of some organizations, in three queries.

    With `lock` none of their months can be closed until the transaction ends, so that
    rows dated by the calendar are committed before their month is closed.
    """
    homes: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    versions = OrganizationVersion.objects.filter(
        organization__in=set(organization_ids)
    )
    for organization_id, starts_on, path in versions.order_by("starts_on").values_list(
        "organization_id", "starts_on", "path"
    ):
        homes[organization_id].append((starts_on, path))
    paths = {
        p
        for home in homes.values()
        for _day, path in home
        for p in path_and_ancestors(path)
    }
    above = OrganizationVersion.objects.filter(path__in=paths, kind__in=FILING)
    filing = dict(above.values_list("path", "organization_id"))
    alone = [pk for pk, home in homes.items() if not _has_filing_ancestor(home, filing)]
    filing_ids = {*filing.values(), *alone}
    if lock:
        lock_shared(MONTHS_LOCK, filing_ids)
    closed = MonthState.objects.filter(organization__in=filing_ids).last_closed()
    return Calendar(homes, filing, closed)


def _has_filing_ancestor(
    home: Iterable[tuple[dt.date, str]], filing: Mapping[str, int]
) -> bool:
    """Whether any organization above ever filed for an organization."""
    return any(p in filing for _day, path in home for p in path_and_ancestors(path))
