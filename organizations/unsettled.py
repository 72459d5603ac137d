"""What must be settled before an organization is dissolved into another one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.months import month_of, today
from organizations.calendars import calendar_of
from organizations.closing_blockers import (
    ORGANIZATION,
    ClosingBlocker,
    closing_blockers,
)
from organizations.mergers import mergers
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Records that do not go along: to no organization, or to none of another return.

    Those that go along within a return are not `everywhere` in the way.
    """

    words: str
    rows: list[Any]
    everywhere: bool


def unsettled_before_merge(organization: Organization) -> list[Unsettled]:
    """Return what of an organization does not go along wherever it is dissolved."""
    found = []
    for matter in closing_blockers:
        if matter.closes != ORGANIZATION:
            continue
        rows = matter.beyond(today()).filter(**{matter.column: organization.pk})
        if is_taken := _always_goes_along(matter):
            along = mergers.get(matter.key).rows_of(organization)
            rows = rows.exclude(pk__in=along.order_by().values("pk"))
        if left := [*rows]:
            words = str(matter.words) % {"count": len(left)}
            stays = is_taken or _goes_nowhere(matter)
            found.append(Unsettled(words, left, stays))
    return found


def _always_goes_along(matter: ClosingBlocker) -> bool:
    return matter.key in mergers and not mergers.get(matter.key).within_return


def _goes_nowhere(matter: ClosingBlocker) -> bool:
    """Whether nothing takes the rows along, not even what they belong to."""
    return matter.key not in mergers and matter.column == "organization"


def targets_for(
    organization: Organization,
    targets: QuerySet[Organization],
    unsettled: list[Unsettled],
) -> QuerySet[Organization]:
    """Return the targets into which an organization can be dissolved as it stands."""
    if not unsettled:
        return targets
    if any(one.everywhere for one in unsettled):
        return targets.none()
    keys = [*targets.values_list("pk", flat=True)]
    calendar, month = calendar_of({organization.pk, *keys}), month_of(today())
    own = calendar.filed_by(organization.pk, month)
    return targets.filter(
        pk__in=[key for key in keys if calendar.filed_by(key, month) == own]
    )
