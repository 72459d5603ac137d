"""Cases on their pages: from the desk to the paper, and the search for a member."""

import pytest
import time_machine
from django.urls import reverse

from cases.enums import CaseState, Waiting
from cases.models import Case, CaseKind
from core.months import months_after, today
from core.registries.todos import todos_for
from members.enums import LostState
from members.models import LostContact, Member
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.cases import CaseFactory
from tests.factories.members import LostContactFactory, MemberFactory
from tests.walk.people import Refused, Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, name="李明")


def desk(user):
    """The addresses on a person's desk."""
    return [todo.url for todo in todos_for(user, today())]


def cases_in(user, how):
    """The cases that a list shows to a person."""
    answer = Visitor(user).get(f"{reverse('cases:list')}?waiting={how}")
    return [row.record for row in answer.context["table"].rows]


def test_a_matter_goes_from_the_street_to_its_result(east, staff, secretary):
    matter = CaseKind.objects.get(code="matter")
    Visitor(staff).fill(
        reverse("cases:open"), kind=matter.pk, organization=east.pk, title="路灯不亮"
    )
    case = Case.objects.get()
    own_page = case.get_absolute_url()
    unowned = cases_in(secretary, Waiting.WITHOUT_OWNER)

    Visitor(secretary).press(own_page, reverse("cases:take", args=[case.pk]))
    mine = cases_in(secretary, Waiting.MINE)
    Visitor(secretary).follow(
        own_page, reverse("cases:step", args=[case.pk]), name="协调单位", note="已报修"
    )
    Visitor(secretary).follow(
        own_page, reverse("cases:answer", args=[case.pk]), answer="已修好"
    )

    assert (unowned, mine, cases_in(secretary, Waiting.MINE)) == ([case], [case], [])
    case.refresh_from_db()
    assert (case.state, case.answer, case.closed_by) == (
        CaseState.ANSWERED,
        "已修好",
        secretary,
    )
    paper = Visitor(staff).get(reverse("cases:print", args=[case.pk]))
    for words in ("路灯不亮", "协调单位", "已报修", "已修好"):
        assert words in paper.content.decode()


def test_a_case_is_handed_to_somebody_of_the_place_alone(east, secretary, stranger):
    clerk = holder(Role.CLERK, east)
    case = CaseFactory(organization=east)
    link = reverse("cases:hand_over", args=[case.pk])

    with pytest.raises(Refused):
        Visitor(secretary).fill(link, owner=stranger.pk)
    Visitor(secretary).follow(case.get_absolute_url(), link, owner=clerk.pk)

    assert Case.objects.get().owner == clerk
    assert case.get_absolute_url() not in desk(secretary)


@pytest.mark.parametrize("name", ["step", "answer", "hand_over", "void"])
def test_the_forms_of_a_closed_case_lead_back_to_its_page(name, east, secretary):
    case = CaseFactory(organization=east)
    Visitor(secretary).fill(reverse("cases:answer", args=[case.pk]), answer="已办")

    answer = Visitor(secretary).get(reverse(f"cases:{name}", args=[case.pk]))

    assert answer.request["PATH_INFO"] == case.get_absolute_url()
    assert "办结" in answer.content.decode()


def test_a_lost_member_is_searched_for_suspended_and_removed(member, secretary):
    visitor = Visitor(secretary)
    visitor.follow(
        member.get_absolute_url(),
        reverse("members:report_lost", args=[member.pk]),
        last_dues_on=str(months_after(today(), -7)),
    )
    row = LostContact.objects.get()
    own_page = row.get_absolute_url()
    visitor.follow(own_page, reverse("cases:step", args=[row.case_id]), name="上门走访")
    visitor.follow(
        own_page,
        reverse("members:suspend", args=[row.pk]),
        on=str(today()),
        number="东党〔2026〕3号",
    )
    remove = reverse("members:remove_lost", args=[row.pk])
    early = remove in visitor.get(own_page).content.decode()

    with time_machine.travel(months_after(today(), 24), tick=False):
        late = Visitor(secretary)
        late.follow(own_page, remove, on=str(today()), number="东党〔2028〕7号")

        member = Member.objects.get()
        assert (early, member.ended_on) == (False, today())
    row.refresh_from_db()
    assert (row.state, row.suspension_number, row.decision_number) == (
        LostState.REMOVED,
        "东党〔2026〕3号",
        "东党〔2028〕7号",
    )


def test_the_member_page_leads_to_the_search_and_offers_no_second_one(
    member, secretary
):
    row = LostContactFactory(member=member)

    shown = Visitor(secretary).get(member.get_absolute_url()).content.decode()

    assert f'href="{row.get_absolute_url()}"' in shown
    assert reverse("members:report_lost", args=[member.pk]) not in shown


def test_whoever_is_in_contact_again_is_no_longer_searched_for(member, secretary):
    row = LostContactFactory(member=member)

    Visitor(secretary).follow(
        row.get_absolute_url(),
        reverse("members:record_contact", args=[row.pk]),
        on=str(today()),
        note="本人来电",
    )

    row.refresh_from_db()
    assert (row.state, row.lost_on) == (LostState.FOUND, row.last_dues_on)
    assert not Case.objects.open().exists()
