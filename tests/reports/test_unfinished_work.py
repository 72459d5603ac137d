"""What the apps declare as unfinished is said on the return of its month."""

import pytest
from django.urls import resolve

from core.months import month_of, shift_month, today
from organizations.roles import Role
from organizations.unfinished_work import list_unfinished, unfinished_work
from tests.factories.accounts import holder
from tests.factories.finance import FundFactory, IncomeFactory
from tests.factories.volunteering import ClaimFactory, ServiceRecordFactory

pytestmark = pytest.mark.django_db

WORK = {
    "finance.vouchers": lambda east: (
        IncomeFactory(fund=FundFactory(organization=east), happened_on=today()).month
    ),
    "volunteering.service": lambda east: (
        ServiceRecordFactory(
            claim__past=True, claim__shift__post__organization=east
        ).claim.month
    ),
    "volunteering.unrecorded": lambda east: (
        ClaimFactory(past=True, shift__post__organization=east).month
    ),
}


def test_each_kind_of_unfinished_work_has_its_case():
    assert {work.key for work in unfinished_work} == set(WORK)


@pytest.mark.parametrize("key", WORK)
def test_unfinished_work_is_said_in_its_month_to_who_sees_it(key, east, west):
    month = month_of(WORK[key](east))
    keeper = holder(Role.SECRETARY, east)
    stranger = holder(Role.SECRETARY, west)

    (said,) = list_unfinished(east, month, keeper)

    assert resolve(said.url.split("?")[0])
    assert "1" in str(said.text)
    assert list(list_unfinished(east, shift_month(month, -1), keeper)) == []
    assert list(list_unfinished(east, month, stranger)) == []
