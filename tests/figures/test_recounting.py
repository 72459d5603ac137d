"""Figures follow the rows: each action changes exactly the figures it should."""

import datetime as dt

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext

from config.readiness import find_due_recount
from figures.actions import recount_requested, request_full_recount
from figures.counting import count_figure, count_figures
from figures.definitions import indicators
from figures.enums import Tier
from figures.models import Figure
from figures.sums import sum_figures
from members.actions import check_in, end_membership, move_member, record_mobile
from members.enums import EndReason, MobileKind, StartReason
from organizations.actions import (
    change_organization,
    end_organization,
    request_recount,
)
from organizations.models import Organization, RecountRequest
from organizations.month_tree import get_organization_at
from reports.invariants import find_wrong_figures
from tests.factories.communities import MeetingFactory
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory
from tests.factories.reports import JULY, JUNE

KEYS = [indicator.key for indicator in indicators]
MAY = dt.date(2026, 5, 1)
FOUNDED = dt.date(2026, 3, 1)


def figures(organization, month=JUNE):
    """The figures of an organization that are not 0."""
    recount_all()
    values = sum_figures(get_organization_at(organization.pk, month), month, KEYS)
    return {key: int(value) for key, value in values.items() if value}


def changes(action, *organizations):
    """By how much an action changes the June figures of each organization."""
    before = [figures(organization) for organization in organizations]
    action()
    after = [figures(organization) for organization in organizations]
    return [
        {k: b.get(k, 0) - a.get(k, 0) for k in {*a, *b} if b.get(k, 0) != a.get(k, 0)}
        for a, b in zip(before, after, strict=True)
    ]


def test_an_admission_changes_exactly_its_own_figures(branch, east, west, roll):
    def admit():
        MemberFactory(
            organization=branch,
            sex="2",
            birth_date=dt.date(2000, 1, 1),
            join_date=dt.date(2026, 6, 5),
            starts_on=dt.date(2026, 6, 5),
            reason=StartReason.DEVELOPED,
        )

    assert changes(admit, east, west) == [
        {
            "members_developed": 1,
            "members_closing": 1,
            "members_women": 1,
            "members_young": 1,
        },
        {},
    ]


@pytest.mark.mission("S0-44")
def test_a_transfer_leaves_one_community_and_enters_the_other(
    roll, east, west, west_branch, street
):
    def move():
        move_member(roll[2], west_branch, by=None, on=dt.date(2026, 6, 9))

    assert changes(move, east, west, street) == [
        {"members_out": 1, "members_closing": -1, "members_women": -1},
        {"members_in": 1, "members_closing": 1, "members_women": 1},
        {"members_out": 1, "members_in": 1},
    ]


def test_a_death_lowers_the_stock_and_counts_as_a_loss(roll, east):
    def die():
        end_membership(roll[0], reason=EndReason.DIED, by=None, on=dt.date(2026, 6, 20))

    assert changes(die, east) == [{"members_died": 1, "members_closing": -1}]


def test_a_mobile_member_still_counts_in_the_stock(roll, east):
    def leave():
        record_mobile(
            roll[0], kind=MobileKind.WORKING_AWAY, by=None, on=dt.date(2026, 6, 1)
        )

    away = {"members_mobile": 1, "members_mobile_working_away": 1}
    assert changes(leave, east) == [away]


@pytest.mark.mission("S2-23")
def test_a_check_in_never_enters_the_community_s_own_members(roll, east):
    def come():
        in_service = MemberFactory(in_service=True)
        check_in(in_service, east, by=None, on=dt.date(2026, 6, 3))

    assert changes(come, east) == [{"members_checked_in": 1}]


def test_a_meeting_of_a_branch_counts_at_its_community(roll, branch, east):
    def meet():
        held_on = dt.date(2026, 6, 15)
        MeetingFactory(organization=branch, held_on=held_on, chair=roll[0])

    assert changes(meet, branch, east) == [
        {"meetings_members": 1, "meetings_held": 1},
        {"meetings_members": 1, "meetings_held": 1},
    ]


def test_every_figure_equals_its_rows_counted_in_two_ways(roll, street):
    recount_all()
    organization = get_organization_at(street.pk, JUNE)

    from_figures = sum_figures(organization, JUNE, KEYS)
    from_rows = {
        key: count_figure(indicators.get(key), organization, JUNE) for key in KEYS
    }

    assert from_figures == from_rows == count_figures(organization, JUNE, KEYS)
    assert list(find_wrong_figures()) == []


def test_verify_reports_a_wrong_figure(roll, branch):
    recount_all()
    Figure.objects.filter(indicator="members_closing", month=JUNE).update(value=9)

    assert list(find_wrong_figures()) == [
        f"2026-06 members_closing of organization {branch.pk}: figure 9.00, rows 3.00"
    ]


@pytest.mark.parametrize("key", ["visits", "facilities"])
def test_verify_reports_a_figure_of_a_table_without_a_row(roll, branch, key):
    recount_all()
    assert not indicators.get(key).source.has_any_row()
    Figure.objects.create(
        organization=branch,
        path=branch.path,
        month=JUNE,
        indicator=key,
        tier=Tier.OWN,
        value=2,
    )

    assert list(find_wrong_figures()) == [
        f"2026-06 {key} of organization {branch.pk}: figure 2.00, rows 0"
    ]


def test_figures_that_an_upgrade_brought_are_one_line_until_they_are_counted(roll):
    recount_all()
    key = "members_closing"
    Figure.objects.filter(indicator=key).delete()  # as before it came
    said = gettext("%(key)s has never been counted: a recount is due") % {"key": key}
    assert list(find_wrong_figures()) == [said]

    emit_post_migrate_signal(0, interactive=False, db="default")
    assert list(find_wrong_figures()) == []
    (sentence,) = find_due_recount()
    assert f"{Organization.objects.count()} 个组织" in sentence
    while recount_requested():
        pass

    assert Figure.objects.filter(indicator=key).exists()
    assert list(find_due_recount()) == list(find_wrong_figures()) == []


def test_a_figure_of_0_has_no_row_and_one_that_falls_to_0_loses_it(roll, branch):
    recount_all()
    for member in roll:
        end_membership(member, reason=EndReason.DIED, by=None, on=dt.date(2026, 5, 4))
    recount_all()

    keys = Figure.objects.filter(organization=branch, month=JUNE)
    assert list(keys.values_list("indicator", flat=True)) == []
    assert figures(branch, MAY) == {"members_opening": 3, "members_died": 3}


def test_counting_removes_the_requests_and_a_second_time_does_nothing(roll):
    assert RecountRequest.objects.count() == 3

    assert recount_requested() == 1

    assert RecountRequest.objects.count() == 0
    assert recount_requested() == 0


def test_the_daily_request_recounts_everyone_from_the_last_counted_month_on(roll, city):
    recount_all()
    Figure.objects.filter(month__gt=dt.date(2026, 4, 1)).delete()

    request_full_recount()

    recount_all()
    assert figures(city, JULY) == figures(city, JUNE)
    assert figures(city, JUNE)["members_closing"] == 3


def test_a_community_moved_in_july_stays_in_the_june_totals_of_its_street(
    roll, east, street, other_street
):
    change_organization(east, by=None, on=dt.date(2026, 7, 1), parent=other_street)

    assert figures(street, JUNE)["members_closing"] == 3
    assert figures(street, JULY) == {}
    assert figures(other_street, JUNE) == {}
    assert figures(other_street, JULY)["members_closing"] == 3
    assert figures(east, JUNE)["members_closing"] == 3


def test_the_meetings_of_a_branch_that_ended_in_the_month_still_count(branch, east):
    member = MemberFactory(organization=branch, starts_on=dt.date(2026, 4, 1))
    MeetingFactory(organization=branch, held_on=dt.date(2026, 6, 3), chair=member)
    sister = BranchFactory(parent=east)
    move_member(member, sister, by=None, on=dt.date(2026, 6, 10))

    end_organization(branch, by=None, reason="合并", on=dt.date(2026, 6, 20))

    organization = get_organization_at(east.pk, JUNE)
    assert figures(east)["meetings_members"] == 1
    assert count_figure(indicators.get("meetings_members"), organization, JUNE) == 1


def test_counting_costs_the_same_for_three_communities_or_thirty(street):
    costs = []
    for communities in (3, 30):
        for community in CommunityFactory.create_batch(communities, parent=street):
            branch = BranchFactory(parent=community)
            MemberFactory(organization=branch, starts_on=dt.date(2026, 7, 1))
        with CaptureQueriesContext(connection) as queries:
            recount_requested()
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert figures(street, JULY)["members_closing"] == 33


# Old days and rows that cannot be counted ------------------------


def test_a_place_without_rows_is_asked_for_some_and_not_counted(roll, west):
    with CaptureQueriesContext(connection) as queries:
        values = count_figures(get_organization_at(west.pk, JUNE), JUNE, KEYS)

    counting = [query["sql"] for query in queries if "figure_" in query["sql"]]
    assert (counting, any(values.values()), {*values}) == ([], False, {*KEYS})


def test_no_month_is_counted_before_the_organization_was_founded(east):
    branch = BranchFactory(parent=east, starts_on=FOUNDED)
    MemberFactory(organization=branch, starts_on=dt.date(2010, 7, 1))

    recount_all()

    assert Figure.objects.earliest("month").month == FOUNDED
    assert figures(branch)["members_closing"] == 1


def test_organizations_that_cannot_be_counted_do_not_block_the_others(
    east, west, branch
):
    recount_all()
    west.versions.all().delete()  # an organization that no month knows
    request_recount([(west.pk, JUNE)])
    MemberFactory(organization=branch, starts_on=JUNE)

    recounted = recount_requested()

    assert recounted == 1
    assert figures(branch)["members_closing"] == 1
    assert {r.organization_id for r in RecountRequest.objects.all()} == {west.pk}
