"""Concurrent acceptance: one publishes, no fact slips in before the closing."""

import pytest

from reports.actions import accept_return
from reports.errors import FiguresChanged, WrongState
from reports.models import PublishedMonth
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, submit
from tests.stage import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_two_acceptances_at_once_one_publishes(east, street, staff):
    row = submit(MonthlyReturnFactory(organization=east))
    other = holder("street_staff", street)

    accepting = race(
        lambda: accept_return(row, by=staff), lambda: accept_return(row, by=other)
    )

    assert isinstance(accepting.refusal, WrongState)
    assert PublishedMonth.objects.get().published_by == staff


def test_an_acceptance_waits_for_an_open_action_and_is_refused(east, branch, staff):
    row = submit(MonthlyReturnFactory(organization=east))

    accepting = race(
        lambda: MemberFactory(organization=branch, starts_on=JUNE),
        lambda: accept_return(row, by=staff),
    )

    assert accepting.waited
    assert isinstance(accepting.refusal, FiguresChanged)
    assert PublishedMonth.objects.count() == 0
