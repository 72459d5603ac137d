"""A branch changes its community: each month counts for the community it had then."""

import datetime as dt

import pytest

from figures.definitions import indicators
from figures.sums import sum_figures
from members.actions import change_member, move_member
from organizations.actions import change_organization
from organizations.month_tree import get_organization_at
from reports.invariants import (
    find_broken_openings,
    find_misreported_months,
    find_wrong_figures,
)
from reports.returns.balance import net_change
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.factories.reports import JULY, JUNE, MonthlyReturnFactory, publish

CLOSING, WOMEN = "members_closing", "members_women"


@pytest.fixture
def regrouped(east, west, branch, roll):
    """东社区 has published June; in July the branch lies in 西社区, which has not."""
    publish(MonthlyReturnFactory(organization=east))
    return change_organization(branch, by=None, on=dt.date(2026, 7, 1), parent=west)


def value(organization, month, key):
    """The figure of an organization in a month."""
    recount_all()
    return int(
        sum_figures(get_organization_at(organization.pk, month), month, [key])[key]
    )


def findings():
    """What `verify` finds wrong with figures and published months."""
    return [*find_wrong_figures(), *find_misreported_months(), *find_broken_openings()]


def test_a_correction_does_not_reach_the_month_its_old_community_closed(
    regrouped, east, west, roll
):
    change_member(roll[0], by=None, sex="2")

    assert value(east, JUNE, WOMEN) == 1
    assert value(west, JULY, WOMEN) == 2
    assert findings() == []


def test_a_late_fact_counts_after_the_month_its_old_community_closed(
    regrouped, east, west
):
    member = MemberFactory(organization=regrouped, starts_on=dt.date(2026, 6, 9))

    assert member.affiliations.get().start_month == JULY
    assert value(east, JUNE, CLOSING) == 3
    assert value(west, JUNE, CLOSING) == 0
    assert value(west, JULY, CLOSING) == 4
    assert findings() == []


def test_a_fact_of_july_waits_for_the_new_community_s_months_alone(
    regrouped, east, west
):
    publish(MonthlyReturnFactory(organization=west))

    member = MemberFactory(organization=regrouped, starts_on=dt.date(2026, 7, 1))

    assert member.affiliations.get().start_month == JULY
    assert value(west, JULY, "members_in") == 1
    assert value(east, JULY, "members_in") == 0


FLOWS = ["members_opening", "members_in", "members_out", "members_closing"]
IN_JUNE = dt.date(2026, 6, 15)


def flows(organization, month):
    """Opening, gains, losses, closing of an organization, and the sum of its flows."""
    recount_all()
    organization = get_organization_at(organization.pk, month)
    values = sum_figures(organization, month, [i.key for i in indicators])
    return [int(values[key]) for key in FLOWS], int(net_change(values))


def test_a_move_within_a_community_of_june_stays_internal_after_a_regrouping(
    east, west, branch, roll
):
    second = BranchFactory(parent=east)
    change_organization(branch, by=None, on=JULY, parent=west)

    move_member(roll[0], second, by=None, on=IN_JUNE)

    assert flows(east, JUNE) == ([3, 0, 0, 3], 0)
    assert flows(west, JUNE) == ([0, 0, 0, 0], 0)
    assert findings() == []


def test_a_move_between_communities_of_june_stays_a_transfer_after_they_merged(
    east, west, branch, west_branch, roll
):
    change_organization(west_branch, by=None, on=JULY, parent=east)

    move_member(roll[0], west_branch, by=None, on=IN_JUNE)

    assert flows(east, JUNE) == ([3, 0, 1, 2], -1)
    assert flows(west, JUNE) == ([0, 1, 0, 1], 1)
    assert findings() == []


def test_a_move_that_one_side_counts_later_is_a_transfer_on_both(
    regrouped, east, west, west_branch, roll
):
    move_member(roll[0], west_branch, by=None, on=IN_JUNE)

    assert flows(west, JUNE) == ([0, 1, 0, 1], 1)
    assert flows(west, JULY)[1] == -1
