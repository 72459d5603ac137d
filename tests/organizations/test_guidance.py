"""A second parent may view, but neither counts nor keeps records (S2-50)."""

import pytest
from django.urls import reverse

from figures.definitions import indicators
from figures.permissions import can_see_figures
from members.models import Affiliation, Member
from members.permissions import can_change, can_unmask
from organizations.actions import change_organization
from organizations.models import Organization
from organizations.roles import Role
from reports.permissions import can_collect, can_export
from tests.factories.accounts import holder
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.factories.reports import JUNE


@pytest.fixture
def guided(foreign, street):
    """柳岸社区 of the other street, guided by 长安街道, with a branch below it."""
    change_organization(foreign, by=None, guidance_parent=street)
    return BranchFactory(name="柳岸第一支部", parent=foreign)


@pytest.fixture
def member(guided):
    """李明, of the branch below what is guided."""
    return MemberFactory(name="李明", organization=guided)


def names_on(client, person, page):
    """What a person reads on a page."""
    client.force_login(person, backend="accounts.backends.UsernameOrPhone")
    answer = client.get(page)
    return answer.status_code, "李明" in answer.content.decode()


@pytest.mark.mission("S2-50", "S2-53")
def test_who_guides_a_community_sees_it_and_what_lies_below(guided, foreign, staff):
    seen = Organization.objects.visible_to(staff)

    assert {foreign, guided} <= set(seen)
    assert foreign.parent not in set(seen)


def test_who_guides_reads_the_members_list_and_keeps_nobody(client, member, staff):
    assert list(Member.objects.visible_to(staff)) == [member]
    assert list(Member.objects.managed_by(staff)) == []
    assert not can_change(staff, member)
    assert not can_unmask(staff, member)
    assert names_on(client, staff, "/members/") == (200, True)
    assert names_on(client, staff, member.get_absolute_url()) == (200, True)


@pytest.mark.parametrize("verb", ["change", "move", "end"])
def test_who_guides_is_refused_on_every_page_that_writes(client, member, staff, verb):
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")

    answer = client.get(reverse(f"members:{verb}", args=[member.pk]))

    assert answer.status_code == 403


def test_who_guides_sees_meetings_and_holds_none(guided, staff):
    meeting = MeetingFactory(organization=guided)
    rows = type(meeting).objects

    assert list(rows.visible_to(staff)) == [meeting]
    assert list(rows.managed_by(staff)) == []


def test_a_member_of_what_is_guided_counts_only_where_they_are(
    member, street, other_street
):
    stock = indicators.get("members_closing")
    counted = [
        stock.rows_within(organization, JUNE).count()
        for organization in (street, other_street)
    ]

    assert counted == [0, 1]
    assert not Affiliation.objects.within(street).exists()


def test_who_guides_sees_figures_and_neither_collects_nor_exports(
    foreign, guided, staff
):
    may = [ask(staff, foreign) for ask in (can_see_figures, can_collect, can_export)]

    assert may == [True, False, False]


def test_guidance_grants_access_to_that_place_only(member, secretary, stranger):
    assert list(Member.objects.visible_to(secretary)) == []
    assert list(Member.objects.managed_by(stranger)) == [member]


def test_access_ends_with_the_guidance(member, foreign, staff):
    change_organization(foreign, by=None, guidance_parent=None)

    assert list(Member.objects.visible_to(staff)) == []


def test_a_role_that_sees_no_members_sees_none_by_guidance(member, street):
    officer = holder(Role.CITY_OFFICER, street)

    assert list(Member.objects.visible_to(officer)) == []
