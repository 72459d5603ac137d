"""Closing months while facts are being recorded."""

import datetime as dt

import pytest

from core.identity import check_character
from members.actions import admit_member
from organizations.actions import close_month, lock_open_month
from organizations.errors import MonthIsClosed
from organizations.models import MonthState
from organizations.queries import counting_month
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, closed
from tests.stage import race

MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)


@pytest.mark.django_db
def test_closing_twice_is_closing_once(east, staff):
    first = close_month(east, MARCH, by=staff)

    second = close_month(east, MARCH, by=None)

    assert (second.closed_at, second.closed_by) == (first.closed_at, staff)


@pytest.mark.django_db
def test_money_never_enters_a_closed_month(east):
    closed(east, MARCH)

    lock_open_month(east, APRIL)
    with pytest.raises(MonthIsClosed, match="2026年3月"):
        lock_open_month(east, MARCH)


@pytest.mark.django_db
def test_a_closed_month_closes_what_lies_before_it(east, branch):
    closed(east, MARCH)

    dated = [dt.date(2026, 1, 31), MARCH, dt.date(2026, 4, 2)]
    counted = [counting_month(branch, day) for day in dated]

    assert counted == [APRIL, APRIL, APRIL]
    with pytest.raises(MonthIsClosed, match="2026年1月"):
        lock_open_month(east, dt.date(2026, 1, 1))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_month_waits_with_closing_for_a_fact_that_saw_it_open():
    branch = BranchFactory()
    community = branch.parent

    closing = race(
        lambda: MemberFactory(organization=branch, starts_on=MARCH),
        lambda: close_month(community, MARCH, by=None),
    )

    assert (closing.waited, closing.refusal) == (True, None)
    assert MonthState.objects.closed().count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_fact_that_waited_for_closing_counts_in_the_next_month():
    branch = BranchFactory()
    body = "42990119800101001"
    values = {
        "name": "李明",
        "sex": "1",
        "birth_date": dt.date(1980, 1, 1),
        "id_number": body + check_character(body),
    }

    admission = race(
        lambda: close_month(branch.parent, MARCH, by=None),
        lambda: admit_member(by=None, organization=branch, starts_on=MARCH, **values),
    )

    assert admission.rival.result().affiliations.get().start_month == APRIL
