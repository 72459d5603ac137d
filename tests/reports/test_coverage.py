"""Coverage: what ought to be there is, or it is listed with the way to put it right."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from communities.enums import MeetingKind
from communities.models import BodyKind
from core.months import today
from figures.coverage import (
    Share,
    coverages,
    rows_lacking,
    shares_by_child,
)
from organizations.enums import OrganizationKind
from tests.factories.cobuilding import AgreementFactory, TargetFactory, signed
from tests.factories.communities import (
    BodyFactory,
    MeetingFactory,
    SeatHoldingFactory,
)
from tests.factories.members import MemberFactory
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    OrganizationFactory,
    UnitFactory,
)
from tests.shares import share_by_child

pytestmark = pytest.mark.django_db


def share_of(key, place):
    """How far a place has what it ought to have."""
    parts = share_by_child(coverages.get(key), place, today())
    return sum(parts.values(), Share())


def lacking(key, place):
    """The names of what lacks it."""
    return [str(row) for row in rows_lacking(coverages.get(key), place, today())]


def seat(kind, place):
    """Somebody leads a body of a kind, or sits in it."""
    body = BodyFactory(organization=place, kind=BodyKind.objects.get(code=kind))
    first = body.seats.order_by("kind__position", "number").first()
    return SeatHoldingFactory(seat=first)


@pytest.mark.mission("S1-05")
def test_a_community_without_a_branch_is_listed(client, staff, street, east, branch):
    west = CommunityFactory(parent=street, name="新建社区")
    client.force_login(staff)

    assert share_of("communities_branch", street) == Share(2, 1)
    page = client.get(
        reverse("reports:lacking", args=[street.pk, "communities_branch"])
    )
    [row] = page.context["table"].rows
    assert (row.record["name"], row.record["place"]) == (west.name, street.name)
    assert client.get(row.record["way_out"]).status_code == 200

    BranchFactory(parent=west)
    assert share_of("communities_branch", street) == Share(2, 2)
    assert lacking("communities_branch", street) == []


def test_a_branch_in_a_grid_counts_for_its_community(street, east):
    grid = OrganizationFactory(kind=OrganizationKind.GRID, parent=east)
    assert share_of("communities_branch", street) == Share(1, 0)

    BranchFactory(parent=grid)

    assert share_of("communities_branch", street) == Share(1, 1)


def test_a_secretary_leads_a_community_and_a_branch(street, east, branch):
    seat("community_committee", east)

    assert share_of("communities_leader", street) == Share(1, 1)
    assert lacking("branches_leader", street) == [branch.name]

    seat("branch_secretary", branch)

    assert share_of("branches_leader", street) == Share(1, 1)


def test_who_leads_another_group_is_no_secretary(street, east):
    seat("leading_group", east)

    assert lacking("communities_leader", street) == [east.name]


@pytest.mark.mission("S4-27")
@pytest.mark.parametrize("kind", ["police_commissioners", "instructors"])
def test_a_community_lacks_whom_nobody_serves(street, east, branch, kind):
    other = CommunityFactory(parent=street)
    seat(kind, east)

    assert share_of(f"communities_{kind}", street) == Share(2, 1)
    assert lacking(f"communities_{kind}", street) == [other.name]


def test_an_instructor_of_a_branch_serves_its_community(street, branch):
    seat("instructors", branch)

    assert share_of("communities_instructors", street) == Share(1, 1)


def test_a_branch_of_two_or_of_fifty_one_is_not_of_the_right_size(street, east):
    for count in (2, 3, 51):
        one = BranchFactory(parent=east, name=f"{count}人支部")
        MemberFactory.create_batch(count, organization=one)

    assert share_of("branches_size", street) == Share(3, 1)
    assert sorted(lacking("branches_size", street)) == ["2人支部", "51人支部"]


@pytest.mark.mission("S4-06")
def test_a_branch_that_has_not_met_this_quarter_is_listed(street, branch):
    assert lacking("branches_members_meeting", street) == [branch.name]

    MeetingFactory(organization=branch, held_on=today())

    assert share_of("branches_members_meeting", street) == Share(1, 1)


def test_only_branches_that_elect_a_committee_owe_its_meetings(street, branch):
    MemberFactory.create_batch(6, organization=branch)
    assert share_of("branches_committee_meeting", street) == Share()

    MemberFactory(organization=branch)
    assert share_of("branches_committee_meeting", street) == Share(1, 0)

    MeetingFactory(organization=branch, kind=MeetingKind.COMMITTEE, held_on=today())
    assert share_of("branches_committee_meeting", street).missing == 0


@pytest.mark.mission("S2-33")
def test_a_unit_with_an_agreement_in_force_takes_part(street, east):
    idle = UnitFactory(host=east)
    agreement = AgreementFactory(organization=east, unit=UnitFactory(host=east))
    TargetFactory(agreement=agreement)
    signed(agreement)
    AgreementFactory(organization=east, unit=UnitFactory(host=east))

    assert share_of("units_agreement", street) == Share(3, 1)
    assert idle.name in lacking("units_agreement", street)


@given(st.integers(0, 999), st.integers(0, 999))
def test_a_share_is_whole_only_if_nothing_is_lacking(covered, missing):
    share = Share(covered + missing, covered)

    if not share.expected:
        assert share.percent is None
    else:
        assert 0 <= share.percent <= 100
        assert (share.percent == 100) == (share.missing == 0)


@pytest.mark.parametrize("key", [one.key for one in coverages])
def test_what_is_listed_is_what_the_share_says_is_lacking(street, east, branch, key):
    MemberFactory.create_batch(7, organization=branch)
    UnitFactory(host=east)
    UnitFactory(host=east, sector="8")
    CommunityFactory(parent=street)

    share = share_of(key, street)

    assert share.expected
    assert len(lacking(key, street)) == share.missing


def test_the_matrix_has_a_line_for_each_place_and_their_sum_on_top(
    client, officer, city, street, other_street, east, branch
):
    CommunityFactory(parent=other_street)
    client.force_login(officer)

    page = client.get(reverse("reports:coverage_of", args=[city.pk]))

    lines = {row.record["place"]: row.record for row in page.context["table"].rows}
    found = {name: line["communities_branch"][0] for name, line in lines.items()}
    assert found == {street.name: Share(1, 1), other_street.name: Share(1, 0)}
    whole = {one.key: share for one, share, _url in page.context["whole"]}
    assert whole["communities_branch"] == Share(2, 1)
    assert "1/2" in page.content.decode()


def test_who_only_reads_is_shown_no_way_out(client, officer, city, east):
    client.force_login(officer)

    page = client.get(reverse("reports:lacking", args=[city.pk, "communities_branch"]))

    [row] = page.context["table"].rows
    assert not row.record["way_out"]


def test_nothing_of_the_other_street_is_listed(client, staff, street, east, foreign):
    client.force_login(staff)

    for coverage in coverages:
        page = client.get(reverse("reports:lacking", args=[street.pk, coverage.key]))
        assert foreign.name not in page.content.decode()


def test_the_matrix_costs_the_same_for_two_communities_or_twenty(
    client, staff, street, east, west
):
    client.force_login(staff)
    url = reverse("reports:coverage_of", args=[street.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for community in CommunityFactory.create_batch(18, parent=street):
        BranchFactory(parent=community)

    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(few)


@pytest.mark.mission("S4-06")
@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("branches_lesson", MeetingKind.LESSON),
        ("branches_theme_day", MeetingKind.THEME_DAY),
    ],
)
def test_a_branch_that_falls_behind_in_a_form_stands_out(street, branch, key, kind):
    MeetingFactory(organization=branch, held_on=today())
    assert lacking(key, street) == [branch.name]

    MeetingFactory(organization=branch, kind=kind, held_on=today())
    assert lacking(key, street) == []


def test_what_is_expected_of_the_same_rows_is_counted_in_one_query(
    street, east, branch, django_assert_num_queries
):
    seat("community_committee", east)
    seat("instructors", east)
    communities = [one for one in coverages if one.key.startswith("communities_")]
    alone = {one.key: share_by_child(one, street, today()) for one in communities}

    with django_assert_num_queries(1):
        together = shares_by_child(communities, street, today())

    assert len(communities) > 5
    assert together == alone
