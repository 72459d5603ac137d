"""A voucher's page says beforehand who can take each step that is still needed."""

from decimal import Decimal

import pytest
from django.db import transaction

from accounts.models import User
from finance.actions import approve_voucher, review_voucher
from finance.permissions import street_approval_limit
from finance.steps_ahead import steps_ahead
from finance.views.vouchers import next_step
from organizations.roles import Role
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.finance import ExpenditureFactory, IncomeFactory, filled
from tests.messages import translated

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def people(accountant, cashier, secretary, staff):
    """Those who keep the money of 东社区, its secretary and street staff."""
    return [accountant, cashier, secretary, staff]


def named(step):
    """The people whom a step names."""
    return {one for people in step.people.values() for one in people}


def able(voucher, people):
    """The people to whom the voucher's page offers the next step."""
    voucher.refresh_from_db()
    return {one for one in people if next_step(one, voucher) is not None}


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("has_second", [False, True])
@pytest.mark.parametrize("factory", [IncomeFactory, ExpenditureFactory])
def test_those_are_named_who_are_offered_the_step(
    fund, people, accountant, is_large, has_second, factory
):
    if has_second:
        people.append(holder(Role.ACCOUNTANT, fund.organization))
    limit = street_approval_limit()
    filled(fund, limit * 3)
    amount = Decimal(limit if is_large else limit - 1)
    voucher = factory(fund=fund, by=accountant, amount=amount)
    people += [one.user for one in fund.organization.role_assignments.all()]

    for take in (review_voucher, approve_voucher):
        first, *later = steps_ahead(voucher)
        offered = able(voucher, people)
        assert named(first) == offered
        assert all(named(step) for step in later)
        voucher = take(voucher, by=min(offered, key=lambda one: one.pk))
    if factory is ExpenditureFactory:
        (last,) = steps_ahead(voucher)
        assert named(last) == able(voucher, people)
    else:
        assert list(steps_ahead(voucher)) == []


@pytest.mark.parametrize("streets", [1, 2])
@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("factory", [IncomeFactory, ExpenditureFactory])
def test_no_step_that_is_offered_leaves_a_later_one_to_nobody(
    fund, people, accountant, street, is_large, streets, factory
):
    people += [holder(Role.STREET_STAFF, street) for _more in range(streets - 1)]
    limit = street_approval_limit()
    filled(fund, limit * 3)
    amount = Decimal(limit if is_large else limit - 1)
    voucher = factory(fund=fund, by=accountant, amount=amount)
    # Who filled the fund has gone: the office has one accountant.
    User.objects.exclude(pk__in=[one.pk for one in people]).update(is_active=False)
    offered = able(voucher, people)

    assert offered
    for reviewer in offered:
        with transaction.atomic():
            reviewed = review_voucher(voucher, by=reviewer)
            assert able(reviewed, people), reviewer
            transaction.set_rollback(True)
        voucher.refresh_from_db()


def test_the_secretary_reads_before_reviewing_that_the_street_will_approve(
    fund, accountant, secretary, staff
):
    voucher = IncomeFactory(fund=fund, by=accountant)

    browser = Browser()
    browser.force_login(secretary)
    page = browser.get(voucher.get_absolute_url())

    advice = (
        "Compare the voucher with its papers. Who reviews it does not approve it: if"
        " the secretary reviews, the street office approves."
    )
    assert str(page.context["step"].advice) == translated(advice)
    review_voucher(voucher, by=secretary)
    voucher.refresh_from_db()
    (approval,) = steps_ahead(voucher)
    assert secretary not in named(approval)


def test_a_step_that_nobody_can_take_says_so(fund, accountant):
    voucher = IncomeFactory(fund=fund, by=accountant)

    nobody = "Nobody can take this step now: ask the street office to appoint somebody."
    assert {str(step) for step in steps_ahead(voucher)} == {translated(nobody)}
