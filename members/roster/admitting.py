"""Enter the new people of a roster: recorded afterwards, or come by a letter."""

import datetime as dt
from collections.abc import Sequence

from core.actors import Actor
from members.actions import (
    Admission,
    AdmissionByLetter,
    admit_by_letters,
    admit_members,
)
from members.roster.plans import NewMember


def admit_new_people(new: Sequence[NewMember], starts_on: dt.date, by: Actor) -> None:
    """Enter members; nobody counts before the day they joined the Party.

    Those whom a letter from outside names are transferred in by it.
    """
    by_letter = [
        AdmissionByLetter(
            row.letter, Admission(row.values, row.branch, starts_on=starts_on)
        )
        for row in new
        if row.letter is not None
    ]
    if by_letter:
        admit_by_letters(by_letter, by=by)
    recorded = [_admission(row, starts_on) for row in new if row.letter is None]
    if recorded:
        admit_members(recorded, by=by)


def _admission(row: NewMember, starts_on: dt.date) -> Admission:
    day = max(starts_on, row.values.get("join_date") or starts_on)
    if row.community is None:
        return Admission(row.values, row.branch, starts_on=day)
    day = row.checked_in_on or day
    return Admission(row.values, None, starts_on=day, community=row.community)
