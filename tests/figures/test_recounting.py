"""Figures follow the rows: each deed moves exactly the figures it should."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from figures.actions import mark_everything, recount_marked
from figures.definitions import indicators
from figures.models import Figure
from figures.rows import counted as counted_from_rows
from figures.rows import measured
from figures.sums import values_at
from members.actions import check_in, end_membership, move_member, record_mobile
from members.enums import EndReason, MobileKind, StartReason
from organizations.actions import (
    change_organization,
    end_organization,
    request_recount,
)
from organizations.models import RecountRequest
from organizations.month_tree import place_of
from reports.invariants import miscounted
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory
from tests.factories.reports import JULY, JUNE, counted

KEYS = [indicator.key for indicator in indicators]
MAY = dt.date(2026, 5, 1)
FOUNDED = dt.date(2000, 1, 1)


def figures(organization, month=JUNE):
    """What is counted for a place: every figure that is not nought."""
    counted()
    values = values_at(place_of(organization.pk, month), month, KEYS)
    return {key: int(value) for key, value in values.items() if value}


def moved(deed, *places):
    """By how much a deed changes the June figures of each place."""
    before = [figures(place) for place in places]
    deed()
    after = [figures(place) for place in places]
    return [
        {k: b.get(k, 0) - a.get(k, 0) for k in {*a, *b} if b.get(k, 0) != a.get(k, 0)}
        for a, b in zip(before, after, strict=True)
    ]


def test_an_admission_moves_exactly_its_own_figures(branch, east, west, roll):
    def admit():
        MemberFactory(
            organization=branch,
            sex="2",
            birth_date=dt.date(2000, 1, 1),
            join_date=dt.date(2026, 6, 5),
            starts_on=dt.date(2026, 6, 5),
            reason=StartReason.DEVELOPED,
        )

    assert moved(admit, east, west) == [
        {
            "members_developed": 1,
            "members_closing": 1,
            "members_women": 1,
            "members_young": 1,
        },
        {},
    ]


def test_a_transfer_leaves_one_community_and_enters_the_other(
    roll, east, west, west_branch, street
):
    def move():
        move_member(roll[2], west_branch, by=None, on=dt.date(2026, 6, 9))

    assert moved(move, east, west, street) == [
        {"members_out": 1, "members_closing": -1, "members_women": -1},
        {"members_in": 1, "members_closing": 1, "members_women": 1},
        {"members_out": 1, "members_in": 1},
    ]


def test_a_death_takes_one_from_the_stock_and_stays_a_loss(roll, east):
    def die():
        end_membership(roll[0], reason=EndReason.DIED, by=None, on=dt.date(2026, 6, 20))

    assert moved(die, east) == [{"members_died": 1, "members_closing": -1}]


def test_a_member_who_goes_away_counts_as_mobile_and_stays_counted(roll, east):
    def leave():
        record_mobile(
            roll[0], kind=MobileKind.WORKING_AWAY, by=None, on=dt.date(2026, 6, 1)
        )

    assert moved(leave, east) == [{"members_mobile": 1}]


def test_a_check_in_never_enters_the_community_s_own_members(roll, east):
    def come():
        in_service = MemberFactory(in_service=True)
        check_in(in_service, east, by=None, on=dt.date(2026, 6, 3))

    assert moved(come, east) == [{"members_checked_in": 1}]


def test_a_meeting_of_a_branch_counts_at_its_community(roll, branch, east):
    def meet():
        held_on = dt.date(2026, 6, 15)
        MeetingFactory(organization=branch, held_on=held_on, chair=roll[0])

    assert moved(meet, branch, east) == [
        {"meetings_members": 1},
        {"meetings_members": 1},
    ]


def test_every_figure_equals_its_rows_counted_one_way_and_another(roll, street):
    counted()
    place = place_of(street.pk, JUNE)

    from_figures = values_at(place, JUNE, KEYS)
    from_rows = {key: measured(indicators.get(key), place, JUNE) for key in KEYS}

    assert from_figures == from_rows == counted_from_rows(place, JUNE, KEYS)
    assert list(miscounted()) == []


def test_a_wrong_figure_is_found_out(roll, branch):
    counted()
    Figure.objects.filter(indicator="members_closing", month=JUNE).update(value=9)

    assert list(miscounted()) == [
        f"2026-06 members_closing of organization {branch.pk}: figure 9.00, rows 3.00"
    ]


def test_nought_has_no_row_and_a_figure_that_falls_to_nought_loses_it(roll, branch):
    counted()
    for member in roll:
        end_membership(member, reason=EndReason.DIED, by=None, on=dt.date(2026, 5, 4))
    counted()

    keys = Figure.objects.filter(organization=branch, month=JUNE)
    assert list(keys.values_list("indicator", flat=True)) == []
    assert figures(branch, MAY) == {"members_opening": 3, "members_died": 3}


def test_counting_takes_the_marks_away_and_a_second_time_does_nothing(roll):
    assert RecountRequest.objects.count() == 3

    assert recount_marked() == 1

    assert RecountRequest.objects.count() == 0
    assert recount_marked() == 0


def test_the_daily_pass_marks_everyone_from_the_last_counted_month_on(roll, city):
    counted()
    Figure.objects.filter(month__gt=dt.date(2026, 4, 1)).delete()

    mark_everything()

    counted()
    assert figures(city, JULY) == figures(city, JUNE)
    assert figures(city, JUNE)["members_closing"] == 3


def test_a_community_moved_in_july_stays_in_june_s_roll_up(
    roll, east, street, other_street
):
    change_organization(east, by=None, on=dt.date(2026, 7, 1), parent=other_street)

    assert figures(street, JUNE)["members_closing"] == 3
    assert figures(street, JULY) == {}
    assert figures(other_street, JUNE) == {}
    assert figures(other_street, JULY)["members_closing"] == 3
    assert figures(east, JUNE)["members_closing"] == 3


def test_what_a_branch_did_in_the_month_it_ended_still_counts(branch, east):
    member = MemberFactory(organization=branch, starts_on=dt.date(2026, 4, 1))
    MeetingFactory(organization=branch, held_on=dt.date(2026, 6, 3), chair=member)
    sister = BranchFactory(parent=east)
    move_member(member, sister, by=None, on=dt.date(2026, 6, 10))

    end_organization(branch, by=None, reason="合并", on=dt.date(2026, 6, 20))

    place = place_of(east.pk, JUNE)
    assert figures(east)["meetings_members"] == 1
    assert measured(indicators.get("meetings_members"), place, JUNE) == 1


def test_counting_costs_the_same_for_three_communities_or_thirty(street):
    costs = []
    for communities in (3, 30):
        for community in CommunityFactory.create_batch(communities, parent=street):
            branch = BranchFactory(parent=community)
            MemberFactory(organization=branch, starts_on=dt.date(2026, 7, 1))
        with CaptureQueriesContext(connection) as queries:
            recount_marked()
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert figures(street, JULY)["members_closing"] == 33


# Old days and rows that cannot be counted ------------------------


def test_no_month_is_counted_before_the_organization_was_founded(branch):
    MemberFactory(organization=branch, starts_on=dt.date(1950, 7, 1))

    counted()

    assert Figure.objects.earliest("month").month == FOUNDED
    assert figures(branch)["members_closing"] == 1


def test_rows_that_cannot_be_counted_do_not_hold_up_the_others(east, west, branch):
    counted()
    west.versions.all().delete()  # whatever it was, the tree has forgotten this one
    request_recount([(west.pk, JUNE)])
    MemberFactory(organization=branch, starts_on=JUNE)

    done = recount_marked()

    assert done == 1
    assert figures(branch)["members_closing"] == 1
    assert {m.organization_id for m in RecountRequest.objects.all()} == {west.pk}
