"""A branch that changes its community: each month belongs to who filed it then."""

import datetime as dt

import pytest

from members.actions import change_member
from organizations.actions import change_organization
from reports.invariants import miscounted, torn, unfaithful
from reports.places import place_of
from reports.sums import values_at
from tests.factories.members import MemberFactory
from tests.factories.reports import JULY, JUNE, MonthlyReturnFactory, counted, published

CLOSING, WOMEN = "members_closing", "members_women"


@pytest.fixture
def regrouped(east, west, branch, roll):
    """东社区 has published June; in July the branch lies in 西社区, which has not."""
    published(MonthlyReturnFactory(organization=east))
    return change_organization(branch, by=None, on=dt.date(2026, 7, 1), parent=west)


def value(organization, month, key):
    """What is counted for a place in a month."""
    counted()
    return int(values_at(place_of(organization.pk, month), month, [key])[key])


def proof():
    """What belies the figures."""
    return [*miscounted(), *unfaithful(), *torn()]


def test_a_correction_does_not_reach_the_month_its_old_community_closed(
    regrouped, east, west, roll
):
    change_member(roll[0], by=None, sex="2")

    assert value(east, JUNE, WOMEN) == 1
    assert value(west, JULY, WOMEN) == 2
    assert proof() == []


def test_a_late_fact_counts_after_the_month_its_old_community_closed(
    regrouped, east, west
):
    member = MemberFactory(organization=regrouped, starts_on=dt.date(2026, 6, 9))

    assert member.affiliations.get().start_month == JULY
    assert value(east, JUNE, CLOSING) == 3
    assert value(west, JUNE, CLOSING) == 0
    assert value(west, JULY, CLOSING) == 4
    assert proof() == []


def test_a_fact_of_july_waits_for_the_new_community_s_months_alone(
    regrouped, east, west
):
    published(MonthlyReturnFactory(organization=west))

    member = MemberFactory(organization=regrouped, starts_on=dt.date(2026, 7, 1))

    assert member.affiliations.get().start_month == JULY
    assert value(west, JULY, "members_in") == 1
    assert value(east, JULY, "members_in") == 0
