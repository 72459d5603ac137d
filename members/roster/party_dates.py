"""Party dates that a sheet says otherwise than the record: never replaced unasked.

An employer's list has days of its own under the same headings.
"""

from collections.abc import Mapping
from typing import Any

from members.doubts import truncate
from members.enums import PRECISION_OF
from members.models import Member
from members.roster.parsed_rows import ParsedRow

PARTY_DATES = "party_dates"
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
