"""Who could vote at a sitting: one line a person, with all their seats."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.models import Sitting
from core.dates import format_day
from core.text import StrOrPromise


@dataclass(slots=True)
class Listed:
    """Somebody who could vote: their seats, whether they came, and what is doubtful."""

    name: str
    was_present: bool = False
    seats: list[str] = field(default_factory=list)
    remarks: list[StrOrPromise] = field(default_factory=list)


def list_people(sitting: Sitting) -> list[Listed]:
    """Return who could vote at a sitting; whoever held two seats stands there once."""
    found: dict[Any, Listed] = {}
    rows = sitting.attendances.select_related(
        *("holding__member", "holding__non_member", "holding__unit"),
        "holding__seat__kind",
    ).order_by("holding__seat__kind__position", "holding__seat__number", "pk")
    for row in rows:
        holding = row.holding
        key = holding.person or holding
        one = found.setdefault(key, Listed(holding.holder_name))
        one.seats.append(holding.seat.kind.name)
        one.was_present |= row.was_present
        if remark := _remark_on(holding, sitting):
            one.remarks.append(remark)
    return [*found.values()]


def _remark_on(holding: Any, sitting: Sitting) -> StrOrPromise:
    """Say why somebody held no seat on the day by what is on record now."""
    if holding.voided_at is not None:
        return _("the entry about this seat was voided")
    if holding.ends_on is not None and holding.ends_on <= sitting.held_on:
        return _("left the seat on %(day)s") % {"day": format_day(holding.ends_on)}
    if holding.starts_on > sitting.held_on:
        return _("holds the seat since %(day)s") % {
            "day": format_day(holding.starts_on)
        }
    return ""
