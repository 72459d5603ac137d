"""Applicants of a made-up community in each stage, and decisions on probations."""

import datetime as dt
from typing import Any

from config.demo.life import CommunityStaff
from config.demo.names import People
from core.months import months_before, years_before
from members.actions import (
    decide_on_probation,
    record_development_step,
    start_development,
)
from members.development.probation import list_probations
from members.enums import DevelopmentStepKind, ProbationOutcome, Standing
from members.models import Development, Member
from organizations.models import Organization

K = DevelopmentStepKind
# How many months ago each step was, of people in different stages.
WAYS: tuple[tuple[tuple[DevelopmentStepKind, int], ...], ...] = (
    ((K.APPLIED, 0),),
    ((K.APPLIED, 3),),
    ((K.APPLIED, 12), (K.TALKED, 11), (K.ACTIVIST, 8), (K.REVIEWED, 3)),
    ((K.APPLIED, 20), (K.TALKED, 20), (K.ACTIVIST, 14), (K.REVIEWED, 8)),
    (
        *((K.APPLIED, 26), (K.TALKED, 25), (K.ACTIVIST, 20)),
        *((K.REVIEWED, 14), (K.CANDIDATE, 6), (K.SCREENED, 5)),
    ),
    (
        *((K.APPLIED, 34), (K.TALKED, 33), (K.ACTIVIST, 28)),
        *((K.REVIEWED, 22), (K.CANDIDATE, 12), (K.SCREENED, 10), (K.TRAINED, 9)),
        *((K.PRE_APPROVED, 5), (K.MEETING, 4), (K.APPROVED, 2)),
    ),
)
PARTICULARS = (
    *("name", "sex", "birth_date", "id_number"),
    *("phone", "ethnicity", "education"),
)
OLDEST = 45
"""How old the made-up applicants are at most, in years."""


def develop(community: Organization, people: People, staff: CommunityStaff) -> None:
    """Bring people of the first branch to each stage; decide on one probation."""
    full = Member.objects.belonging_to(community).filter(standing=Standing.FULL)
    known = full.exclude(full_member_date=None)
    first = known.filter(full_member_date__lt=months_before(people.today, 36))
    pair = list(first.order_by("organization__path", "sort_key", "pk")[:2])
    if len(pair) < 2 or pair[0].organization is None:
        return
    branch, by = pair[0].organization, staff.secretary
    voters = full.filter(organization=branch).count()
    for way in WAYS:
        values = _young(people)
        row: Development | None = None
        for kind, months in way:
            day = months_before(people.today, months) - dt.timedelta(days=2)
            if row is None:
                own = {name: values[name] for name in PARTICULARS}
                row = start_development(branch, applied_on=day, by=by, **own)
                continue
            extra = _asked_of(kind, pair, voters, day)
            record_development_step(row, kind=kind, happened_on=day, by=by, **extra)
    _decide(voters, people, staff)


def _young(people: People) -> dict[str, Any]:
    """Return somebody of an age at which people apply."""
    while True:
        values = people.values(joined_by=months_before(people.today, 40))
        if values["birth_date"] > years_before(people.today, OLDEST):
            return values


def _asked_of(
    kind: DevelopmentStepKind, pair: list[Member], voters: int, day: dt.date
) -> dict[str, Any]:
    two = {"first_person": pair[0], "second_person": pair[1]}
    asked: dict[DevelopmentStepKind, dict[str, Any]] = {
        K.ACTIVIST: two,
        K.TRAINED: {"hours": 24},
        K.PRE_APPROVED: {"number": f"党工审〔{day.year}〕7号"},
        K.MEETING: {**two, "voters": voters, "in_favour": voters // 2 + 1},
        K.APPROVED: {"number": f"党工批〔{day.year}〕19号"},
    }
    return asked.get(kind, {})


def _decide(voters: int, people: People, staff: CommunityStaff) -> None:
    """Decide on the probation that has been over for longest."""
    over = [
        one for one in list_probations(staff.secretary) if one.is_over(people.today)
    ]
    for one in over[:1]:
        decide_on_probation(
            one.member,
            outcome=ProbationOutcome.PASSED,
            decided_on=people.today - dt.timedelta(days=6),
            approved_on=people.today - dt.timedelta(days=1),
            voters=voters,
            in_favour=voters // 2 + 1,
            number=f"党工批〔{people.today.year}〕21号",
            by=staff.secretary,
        )
