"""What a row of a roster leads to: payloads for the import, and the shown plan."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from core.dates import format_day
from core.identity import mask_identity_number
from exchange.import_kinds import RowPlan, Verdict
from members.enums import Category, Sex, Standing
from members.models import Member, Transfer
from members.roster.matching import merge
from members.roster.parsed_rows import ParsedRow
from members.unusual_dates import known_date
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class PlannedCheckIn:
    """A recorded member's check-in; without a day, on that of the import."""

    community: Organization
    on: dt.date | None


def present_check_in(check_in: PlannedCheckIn) -> dict[str, tuple[str, str]]:
    """Return a check-in as a change of the row, before and after."""
    day = format_day(check_in.on) if check_in.on else str(_("the day of the import"))
    return {str(_("Checked in at")): ("—", f"{check_in.community.name} · {day}")}


@dataclass(frozen=True, slots=True)
class NewMember:
    """A member to be entered in a branch, or checked in with its community.

    `letter` is the one from outside by which they have come, if it is recorded.
    """

    values: Mapping[str, Any]
    branch: Organization
    community: Organization | None = None
    checked_in_on: dt.date | None = None
    letter: Transfer | None = None


@dataclass(frozen=True, slots=True)
class ChangedMember:
    """A recorded member with the values that the sheet changes, and a check-in."""

    member: Member
    changes: Mapping[str, Any]
    check_in: PlannedCheckIn | None = None


def build_plan(
    parsed: ParsedRow,
    verdict: Verdict,
    *,
    organization: Organization | None = None,
    member: Member | None = None,
) -> RowPlan:
    """Return the plan of a row, with what the preview shows of it."""
    return plan_row(
        parsed,
        verdict,
        organization,
        lambda: _fields(merge(parsed, member), organization),
    )


def plan_row(
    parsed: ParsedRow,
    verdict: Verdict,
    organization: Organization | None,
    read_fields: Callable[[], Mapping[str, Any]],
) -> RowPlan:
    """Return the plan of a row; one with problems shows nothing but those."""
    return RowPlan(
        sheet=parsed.sheet,
        excel_row=parsed.excel_row,
        verdict=verdict,
        label=present_person(parsed, organization),
        message="；".join(parsed.problems),
        reasons=parsed.reasons,
        flags=parsed.flags,
        doubts=tuple(parsed.doubts),
        also_on=parsed.also_on,
        asked=tuple(group for group in parsed.asked if group.stands_alone),
        fields={} if parsed.problems else {**read_fields(), **parsed.shown},
    )


def present_person(parsed: ParsedRow, organization: Organization | None) -> str:
    """Return name, masked number and branch of a row."""
    number = parsed.values.get("id_number")
    tail = mask_identity_number(number)[-8:] if number else ""
    who = f"{parsed.values.get('name', '')} {tail}".strip()
    return f"{who} · {organization}" if organization else who


def _fields(
    values: Mapping[str, Any], organization: Organization | None
) -> dict[str, Any]:
    """Return the values in full, for the user's own file."""
    plain = {
        name: values.get(name) or None
        for name in ("name", "id_number", "phone", "ethnicity", "remark")
    }
    dates = {
        name: date.isoformat() if (date := known_date(name, values)) else None
        for name in ("birth_date", "join_date", "full_member_date")
    }
    return {
        **plain,
        **dates,
        "sex": str(Sex(values["sex"]).label),
        "branch": organization.name if organization else None,
        "member_type": _label_of(Standing, values.get("standing")),
        "category": _label_of(Category, values.get("category")),
    }


def _label_of(choices: type[TextChoices], value: Any) -> str | None:
    return str(choices(value).label) if value else None
