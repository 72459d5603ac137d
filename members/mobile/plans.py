"""The planned outcome of one row of a register, and its preview."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.partial_dates import PartialDate
from exchange.import_kinds import RowPlan, Verdict
from members.enums import Direction, MobileKind
from members.mobile.reading import RegisterRow
from members.models import Member, MobileRecord
from members.roster.plans import plan_row
from members.unusual_dates import known_date
from organizations.models import Organization
from sheets.read import ReadDate


@dataclass(frozen=True, slots=True)
class Departure:
    """An absence to be recorded of a member, or of one to be entered in a branch."""

    kind: MobileKind
    starts_on: dt.date
    ends_on: dt.date | None
    destination: str
    certificate: str = ""
    member: Member | None = None
    values: Mapping[str, Any] | None = None
    branch: Organization | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person who has come from elsewhere and is checked in with the community."""

    community: Organization
    starts_on: dt.date
    member: Member | None = None
    values: Mapping[str, Any] | None = None
    home_branch: str = ""


@dataclass(frozen=True, slots=True)
class StatedCertificate:
    """The number of the certificate of somebody whose absence is on record."""

    member: Member
    number: str


@dataclass(frozen=True, slots=True)
class Return:
    """A recorded absence that has ended."""

    record: MobileRecord
    ends_on: dt.date


def day_of(entry: RegisterRow) -> dt.date:
    """Return the day of leaving of a row that is not refused."""
    assert entry.starts_on is not None  # noqa: S101 -- otherwise refused
    return entry.starts_on.value


def make_departure(
    entry: RegisterRow, *, certificate: str = "", **whom: Any
) -> Departure | None:
    """Return the absence of a row; None while its kind is still asked."""
    if entry.kind is None:
        return None
    back = entry.ends_on.value if entry.ends_on else None
    return Departure(
        entry.kind, day_of(entry), back, entry.destination, certificate, **whom
    )


def build_plan(
    entry: RegisterRow,
    verdict: Verdict,
    organization: Organization | None,
    payload: Any = None,
) -> RowPlan:
    """Return the plan of a row; one with problems shows nothing but those."""
    parsed = entry.parsed
    plan = plan_row(parsed, verdict, organization, lambda: _fields(entry, organization))
    plan.payload = payload
    if not parsed.problems:
        plan.questions, plan.asked = tuple(parsed.questions), tuple(parsed.asked)
    return plan


def _fields(entry: RegisterRow, organization: Organization | None) -> dict[str, Any]:
    """Return the values in full, for the user's own file."""
    values = entry.parsed.values
    joined = known_date("join_date", values)
    return {
        "name": values.get("name"),
        "id_number": values.get("id_number"),
        "join_date": joined.isoformat() if joined else None,
        "direction": entry.direction.value if entry.direction else None,
        "direction_text": str(entry.direction.label) if entry.direction else None,
        "branch": _branch(entry, organization),
        "home_branch": entry.home_branch or None,
        "flow_date": _iso(entry.starts_on),
        "back_on": _iso(entry.ends_on),
        "kind": str(entry.kind.label) if entry.kind else None,
        "destination": entry.destination or None,
        "certificate_number": entry.certificate or None,
        "phone": values.get("phone"),
        "remark": values.get("remark"),
    }


def _iso(day: ReadDate | None) -> str | None:
    """Return a day as far as it is known: 2024-11 stays a month."""
    return None if day is None else PartialDate(*day).isoformat()


def _branch(entry: RegisterRow, organization: Organization | None) -> str | None:
    """Return the member's own branch, or the one that the host's sheet names."""
    named = entry.parsed.branch_text
    if entry.direction is Direction.IN and named:
        return named
    return organization.name if organization else None
