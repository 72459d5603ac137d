"""Party dates that a sheet says otherwise than the record: never replaced unasked.

An employer's list has days of its own under the same headings, so that days of a new
member which are no probation apart are doubted.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from exchange.doubts import DoubtSource
from members.enums import PRECISION_OF
from members.models import Member
from members.roster.new_people import doubt_age
from members.roster.parsed_rows import ParsedRow
from members.unusual_dates import (
    MemberDates,
    is_full_far_from_a_year,
    is_full_on_joining,
    known_date,
    truncate,
)

PARTY_DATES = "party_dates"
TURNING_FULL = "转正"  # 入党（转正）时间 is either day
OF_SHEET, OF_RECORD = "sheet", "record"


def settle_dates(
    parsed: ParsedRow, member: Member, changes: Mapping[str, Any], answer: str | None
) -> dict[str, Any]:
    """Return the changes with the dates of the sheet or the record, or ask."""
    kept = dict(changes)
    names = [name for name in PRECISION_OF if _contradicts(name, changes, member)]
    if not names:
        return kept
    if not answer:
        parsed.questions.append(PARTY_DATES)
        parsed.flag(f"{PARTY_DATES}_asked")
    elif answer == OF_RECORD:
        parsed.flag(f"{PARTY_DATES}_kept")
        for name in names:
            del kept[name], kept[PRECISION_OF[name]]
    else:
        parsed.flag(f"{PARTY_DATES}_replaced")
    return kept


def _contradicts(name: str, changes: Mapping[str, Any], member: Member) -> bool:
    """Whether a new date is not merely the recorded one, known more exactly."""
    recorded = getattr(member, name)
    if name not in changes or recorded is None:
        return False
    known = getattr(member, PRECISION_OF[name])
    return bool(truncate(changes[name], known) != truncate(recorded, known))


def doubt_dates(parsed: ParsedRow, headings: Mapping[str, Mapping[str, str]]) -> None:
    """Doubt the dates of a new member: age, days of probation, meaning.

    `headings` are those of the columns of each sheet, by field.
    """
    doubt_age(parsed)
    values = parsed.values
    heading = headings.get(parsed.sheet, {}).get("join_date", "")
    if "join_date" in parsed.stated and TURNING_FULL in heading:
        words = _("read as the day of joining the Party")
        parsed.doubt(DoubtSource.COLUMN, heading, words)
    joined = known_date("join_date", values)
    full = known_date("full_member_date", values)
    dates = MemberDates(joined=joined, full=full)
    if is_full_far_from_a_year(dates) or is_full_on_joining(dates):
        words = _("joined %(joined)s, full member %(full)s")
        words %= {"joined": joined, "full": full}
        parsed.doubt(DoubtSource.DATE, "", words)
