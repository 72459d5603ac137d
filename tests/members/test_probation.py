"""Probation: until when it runs, what is decided about it, and who is asked to."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from core.errors import ConstraintViolated
from core.months import months_before, today
from core.partial_dates import PartialDate
from core.registries.invariants import invariants
from core.registries.timeline import timeline_of
from core.registries.todos import todos_for
from figures.definitions import indicators
from members.actions import (
    change_member,
    decide_on_probation,
    void_end,
    void_probation_decision,
)
from members.development.probation import list_probations, probation_of
from members.enums import ProbationOutcome, Standing
from members.errors import DecidedBeforeJoining, NotOnProbation, VoidEndFirst
from members.models import Member, ProbationDecision
from members.unusual_dates import MemberDates, find_unusual_dates
from tests.factories.members import MemberFactory, ProbationDecisionFactory

BACKEND = "accounts.backends.UsernameOrPhone"
JOINED = dt.date(2024, 11, 1)
P = ProbationOutcome
pytestmark = pytest.mark.django_db


@pytest.fixture
def member(branch):
    """Somebody on probation since November 2024."""
    return on_probation(branch, JOINED)


def on_probation(branch, joined, **values):
    return MemberFactory(
        organization=branch,
        standing=Standing.PROBATIONARY,
        join_date=joined,
        starts_on=joined,
        **values,
    )


def decide(member, outcome, *, decided="2025-11-05", approved="2025-11-20", **values):
    """A decision of five of nine voters."""
    return decide_on_probation(
        member,
        outcome=outcome,
        decided_on=dt.date.fromisoformat(decided),
        approved_on=dt.date.fromisoformat(approved),
        by=None,
        **{"voters": 9, "in_favour": 5, "number": "批9号", **values},
    )


def figure(key, branch, month):
    one = indicators.get(f"members_{key}")
    return one.measure(one.rows_within(branch, month))


def test_who_passed_is_a_full_member_from_the_end_of_the_probation(
    branch, member, secretary
):
    before = figure("became_full", branch, dt.date(2025, 11, 1))

    decide(member, P.PASSED)

    member.refresh_from_db()
    assert (member.standing, member.full_member_date) == (
        Standing.FULL,
        dt.date(2025, 11, 1),
    )
    after = figure("became_full", branch, dt.date(2025, 11, 1))
    assert (before, after) == (0, 1)
    assert "按期转为正式党员，批复文号批9号" in {
        str(event.label) for event in timeline_of(member, secretary)
    }


def test_nobody_becomes_full_before_the_probation_is_over(member):
    with pytest.raises(ConstraintViolated, match="预备期未满"):
        decide(member, P.PASSED, full_on=dt.date(2025, 10, 31))
    with pytest.raises(ConstraintViolated, match="半数"):
        decide(member, P.PASSED, voters=10)
    with pytest.raises(ConstraintViolated, match="不能早于"):
        decide(member, P.PASSED, approved="2025-11-04")
    with pytest.raises(DecidedBeforeJoining):
        decide(member, P.PASSED, decided="2024-10-31")
    assert not ProbationDecision.objects.exists()


@pytest.mark.parametrize("months", [None, 5, 13])
def test_an_extension_is_of_six_months_to_a_year(member, months):
    with pytest.raises(ConstraintViolated, match="六个月"):
        decide(member, P.EXTENDED, months=months)


def test_a_probation_is_extended_once_and_then_decided(member):
    decide(member, P.EXTENDED, months=6)

    assert probation_of(member).due_on == dt.date(2026, 5, 1)
    with pytest.raises(ConstraintViolated, match="只能延长一次"):
        decide(member, P.EXTENDED, months=6)
    decide(member, P.PASSED, decided="2026-05-06", approved="2026-05-20")
    member.refresh_from_db()
    assert member.full_member_date == dt.date(2026, 5, 1)
    with pytest.raises(NotOnProbation):
        decide(member, P.PASSED)


def test_a_cancelled_membership_ends_with_the_approval(branch, member):
    row = decide(member, P.CANCELLED)

    member.refresh_from_db()
    assert (member.ended_on, member.end_reason) == (row.approved_on, "struck_off")
    assert figure("probation_cancelled", branch, dt.date(2025, 11, 1)) == 1
    with pytest.raises(VoidEndFirst):
        void_probation_decision(row, reason="误录", by=None)
    void_end(member, reason="误录", by=None)
    void_probation_decision(row, reason="误录", by=None)
    assert figure("probation_cancelled", branch, dt.date(2025, 11, 1)) == 0


def test_a_decision_recorded_by_mistake_is_voided_on_the_page(
    branch, member, secretary, client
):
    client.force_login(secretary, backend=BACKEND)
    row = decide(member, P.PASSED)
    url = reverse("members:void", args=[member.pk])

    client.post(url, {"entry": f"probation-{row.pk}", "reason": "登记错人"})

    member.refresh_from_db()
    assert (member.standing, member.full_member_date) == (Standing.PROBATIONARY, None)
    assert figure("became_full", branch, dt.date(2025, 11, 1)) == 0
    decide(member, P.EXTENDED, months=6)


def test_a_secretary_decides_on_the_page(branch, member, secretary, client):
    client.force_login(secretary, backend=BACKEND)
    detail = client.get(member.get_absolute_url()).content.decode()
    url = reverse("members:decide_probation", args=[member.pk])
    values = {
        "outcome": "extended",
        "decided_on": "2025-11-05",
        "approved_on": "2025-11-20",
        "voters": 9,
        "in_favour": 5,
        "number": "批12号",
    }

    refused = client.post(url, values)
    client.post(url, {**values, "months": 8})

    assert url in detail
    assert refused.context["form"].errors.keys() == {"months"}
    assert ProbationDecision.objects.get().months == 8
    assert probation_of(member).due_on == dt.date(2026, 7, 1)


def test_the_desk_asks_about_probations_that_end_or_ended(branch, secretary):
    day = today()
    on_probation(branch, months_before(day, 20), name="早已期满")
    on_probation(branch, months_before(day, 10), name="即将期满")
    on_probation(branch, months_before(day, 3), name="还早")
    undated = MemberFactory(organization=branch, standing=Standing.PROBATIONARY)
    Member.objects.filter(pk=undated.pk).update(join_date=None)

    told = {
        str(t.label): (t.count, t.due_on)
        for t in todos_for(secretary, day)
        if "probations" in t.url
    }

    assert told == {
        "预备期已满，请登记转正、延长或取消的决定": (1, months_before(day, 8)),
        "预备期即将届满": (1, months_before(day, -2)),
    }
    names = [one.member.name for one in list_probations(secretary)]
    assert names == [undated.name, "早已期满", "即将期满", "还早"]


def test_a_probation_long_over_is_asked_about_at_entry_and_in_sheets():
    with time_machine.travel(dt.date(2026, 6, 1)):
        asked = [
            {one.key for one in find_unusual_dates(MemberDates(None, joined, None, s))}
            for joined, s in (
                (PartialDate(dt.date(2025, 4, 1), "day"), "probationary"),
                (PartialDate(dt.date(2025, 5, 20), "day"), "probationary"),
                (PartialDate(dt.date(2025, 4, 1), "day"), "full"),
            )
        ]

    assert ["probation_over" in keys for keys in asked] == [True, False, False]


def test_verify_finds_a_decision_that_the_record_does_not_show(member):
    row = decide(member, P.PASSED)
    prove = invariants.get("members.probations").broken
    before = list(prove())

    member.refresh_from_db()
    change_member(
        member, standing=Standing.PROBATIONARY, full_member_date=None, by=None
    )

    assert (before, list(prove())) == ([], [f"probation decision {row.pk}"])


def test_the_factory_makes_an_extension():
    row = ProbationDecisionFactory()

    assert (row.outcome, row.due_on) == (P.EXTENDED, dt.date(2025, 11, 1))
