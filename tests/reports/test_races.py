"""Two at once: one publishes, nothing slips between the count and the closing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from figures.actions import recount_marked
from figures.models import Figure
from organizations.models import RecountRequest
from reports.actions import accept_return
from reports.errors import FiguresMoved, WrongState
from reports.invariants import miscounted
from reports.models import PublishedMonth
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, counted, submitted
from tests.stage import on_its_own_connection, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_two_acceptances_at_once_one_publishes(east, street, staff):
    row = submitted(MonthlyReturnFactory(organization=east))
    other = holder("street_staff", street)

    accepting = race(
        lambda: accept_return(row, by=staff), lambda: accept_return(row, by=other)
    )

    assert isinstance(accepting.refusal, WrongState)
    assert PublishedMonth.objects.get().published_by == staff


def test_a_fact_under_way_is_waited_for_and_stops_the_acceptance(east, branch, staff):
    row = submitted(MonthlyReturnFactory(organization=east))

    accepting = race(
        lambda: MemberFactory(organization=branch, starts_on=JUNE),
        lambda: accept_return(row, by=staff),
    )

    assert accepting.waited
    assert isinstance(accepting.refusal, FiguresMoved)
    assert PublishedMonth.objects.count() == 0


def test_a_mark_that_comes_while_figures_are_counted_is_counted_next(east, branch):
    MemberFactory(organization=branch, starts_on=JUNE)

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            MemberFactory(organization=branch, starts_on=JUNE)
            pool.submit(on_its_own_connection, recount_marked).result()
            assert Figure.objects.get(month=JUNE, indicator="members_in").value == 1
        assert RecountRequest.objects.count() == 1

    counted()
    assert Figure.objects.get(month=JUNE, indicator="members_in").value == 2
    assert list(miscounted()) == []


def test_two_workers_count_one_organization_one_after_the_other(branch):
    MemberFactory(organization=branch, starts_on=JUNE)

    counting = race(recount_marked, recount_marked)

    assert (counting.waited, counting.refusal) == (True, None)
    assert RecountRequest.objects.count() == 0
    assert list(miscounted()) == []
