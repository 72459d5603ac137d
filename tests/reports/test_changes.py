"""What changed in a month: the differences, and reasons that add up to them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.months import shift_month
from figures.models import Figure
from members.actions import end_membership
from members.enums import EndReason, StartReason
from organizations.month_tree import get_organization_at
from reports.dashboards.changes import NAMED, build_changes
from reports.returns.balance import CLOSING
from tests.factories.figures import recount_all
from tests.factories.finance import (
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    posted,
)
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory
from tests.factories.reports import JUNE

MAY = dt.date(2026, 5, 1)


def open_changes(client, organization, month=JUNE):
    """The page of what changed."""
    return client.get(reverse("reports:changes", args=[organization.pk, month]))


def change_of(organization, key, month=JUNE):
    """How one figure of an organization changed."""
    at_the_time = get_organization_at(organization.pk, month)
    [change] = build_changes(at_the_time, month, [key])
    return change


def said(change):
    """The reasons of a change, as numbers."""
    return {str(one.label): int(one.difference) for one in change.reasons}


@pytest.fixture
def moved(branch, west_branch):
    """Four members in May; in June three come, one dies and one is admitted."""
    four = MemberFactory.create_batch(4, organization=branch, starts_on=MAY)
    MemberFactory.create_batch(3, organization=west_branch, starts_on=JUNE)
    MemberFactory(
        organization=branch,
        starts_on=JUNE,
        reason=StartReason.DEVELOPED,
    )
    end_membership(
        four[0], by=None, reason=EndReason.DIED, on=JUNE + dt.timedelta(days=9)
    )
    recount_all()


def test_a_month_s_gains_and_losses_make_the_difference_in_members(street, moved):
    change = change_of(street, CLOSING)

    assert (change.value, change.before, change.difference) == (7, 4, 3)
    assert sum(one.difference for one in change.reasons) == change.difference
    assert sorted(said(change).values()) == [-1, 1, 3]


def test_what_neither_gains_nor_losses_explain_is_said(street, moved):
    Figure.objects.filter(month=MAY, indicator=CLOSING).update(value=Decimal(2))

    change = change_of(street, CLOSING)

    assert sum(one.difference for one in change.reasons) == change.difference == 5
    assert change.reasons[-1].difference == 2
    assert not change.reasons[-1].url


def test_each_reason_opens_to_as_many_rows(client, staff, street, moved):
    client.force_login(staff)

    for reason in change_of(street, CLOSING).reasons:
        rows = client.get(reason.url).context["drilldown"]
        assert rows.value == abs(reason.difference)


def test_other_figures_name_the_places_that_made_the_difference(street, east, moved):
    fund = FundFactory(organization=east)
    posted(IncomeFactory(fund=fund, happened_on=MAY, amount=Decimal(100)))
    posted(ExpenditureFactory(fund=fund, happened_on=JUNE, amount=Decimal(30)))
    recount_all()

    change = change_of(street, "spending")

    assert (change.difference, change.this_year) == (30, 30)
    assert said(change) == {east.name: 30}


def test_many_places_are_put_together(street):
    for number in range(NAMED + 3):
        community = CommunityFactory(parent=street)
        branch = BranchFactory(parent=community)
        MemberFactory(organization=branch, starts_on=shift_month(MAY, -1))
        MemberFactory.create_batch(number + 1, organization=branch, starts_on=MAY)
    recount_all()

    change = change_of(street, "members_in", MAY)

    values = [int(one.difference) for one in change.reasons]
    assert values == [5, 4, 3, 2 + 1]
    assert not change.reasons[-1].url


def test_the_first_month_has_nothing_to_compare_with(client, staff, street, branch):
    MemberFactory(organization=branch, starts_on=JUNE)
    recount_all()
    Figure.objects.filter(month__lt=JUNE).delete()
    client.force_login(staff)

    page = open_changes(client, street)

    assert page.context["first_month"]
    assert {row.record["before"] for row in page.context["table"].rows} == {None}
    assert page.context["chart"] is None


def test_a_month_that_was_counted_and_had_nothing_is_a_true_zero(street, moved):
    change = change_of(street, "spending")

    assert (change.value, change.before, change.difference) == (0, 0, 0)
    assert change.year_ago is None


def test_the_cards_of_the_dashboard_say_the_difference(client, staff, street, moved):
    client.force_login(staff)
    url = reverse("reports:dashboard_of", args=[street.pk])

    page = client.get(url, {"month": "2026-06"})

    assert page.context["cards"][0].difference == "+3"
    assert reverse("reports:changes", args=[street.pk, JUNE]) in page.content.decode()


def test_the_dashboard_opens_on_the_last_whole_month(client, staff, street, moved):
    client.force_login(staff)

    page = client.get(reverse("reports:dashboard_of", args=[street.pk]))

    assert page.context["month"] == JUNE
    assert page.context["month_before"].url.endswith("month=2026-05")
    assert page.context["month_after"].url.endswith("month=2026-07")


def test_the_page_costs_the_same_for_two_communities_or_twenty(
    client, staff, street, moved
):
    client.force_login(staff)
    open_changes(client, street)
    with CaptureQueriesContext(connection) as few:
        open_changes(client, street)
    for community in CommunityFactory.create_batch(18, parent=street):
        branch = BranchFactory(parent=community)
        MemberFactory(organization=branch, starts_on=shift_month(JUNE, -1))
    recount_all()

    with CaptureQueriesContext(connection) as many:
        open_changes(client, street)

    assert len(many) == len(few)
