"""Nobody decides in their own matter: opinions, guarded remarks and pledges."""

import pytest
from django.urls import reverse

from accounts.models import User
from core.months import today
from core.registries.invariants import invariants
from core.registries.todos import todo_sources
from members.actions import (
    accept_pledge,
    answer_opinion,
    make_pledge,
    merge_members,
    return_pledge,
    settle_pledge,
    settle_remark,
    void_pledge,
    void_remark,
)
from members.enums import PledgeState
from members.errors import AskerIsAsked, OwnMatter
from members.models import GuardedRemark, Member, OpinionRequest, Pledge
from organizations.models import Unit
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.opinions import OpinionRequestFactory, head_of_station
from tests.factories.organizations import UnitFactory
from tests.factories.pledges import PledgeFactory
from tests.members.test_remarks import remark

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(branch, secretary):
    """The member record of the secretary of the community."""
    member = MemberFactory(name="书记本人", organization=branch)
    Member.objects.filter(pk=member.pk).update(user=secretary)
    return Member.objects.select_related("user").get(pk=member.pk)


@pytest.fixture
def oneself(me):
    """The secretary, as a request reads them: with their own record."""
    return User.objects.get(pk=me.user_id)


def forms(browser, names, row):
    """The answers of the forms about a row."""
    paths = [reverse(f"members:{name}", args=[row.pk]) for name in names]
    return {browser.get(path).status_code for path in paths}


REFUSED = {403, 404}


def test_the_opinion_about_a_secretary_is_given_by_another_of_the_community(
    browser, oneself, me, east
):
    row = OpinionRequestFactory(about=me)

    assert forms(browser, ["answer_opinion"], row) <= REFUSED
    assert list(todo_sources.get("members.opinions").find(oneself, today())) == []
    with pytest.raises(OwnMatter):
        answer_opinion(row, opinion="agrees", reasons="表现很好", by=oneself)
    deputy = holder(Role.DEPUTY, east)
    (waiting,) = todo_sources.get("members.opinions").find(deputy, today())
    assert waiting.count == 1
    assert answer_opinion(row, opinion="agrees", reasons="按时报到", by=deputy).opinion


def test_who_speaks_for_the_unit_that_asks_does_not_answer_for_the_community(
    browser, secretary, branch, east
):
    school = UnitFactory(name="第一中学", host=east)
    liaison = holder(Role.LIAISON, unit=school)
    liaison.role_assignments.update(user=secretary)
    row = OpinionRequestFactory(
        about=MemberFactory(organization=branch), unit=Unit.objects.get(pk=school.pk)
    )

    assert forms(browser, ["answer_opinion"], row) <= REFUSED
    with pytest.raises(OwnMatter):
        answer_opinion(row, opinion="agrees", reasons="表现很好", by=secretary)


def test_no_place_is_asked_by_itself(secretary, branch, east, street):
    member = MemberFactory(organization=branch)

    with pytest.raises(AskerIsAsked):
        OpinionRequestFactory(about=member, organization=east, by=secretary)
    with pytest.raises(AskerIsAsked):
        head_of_station(street, organization=street)
    assert not OpinionRequest.objects.exists()
    assert OpinionRequestFactory(about=member, organization=branch).is_open


def test_the_remark_about_a_secretary_is_kept_by_another(
    browser, oneself, staff, me, branch, east
):
    second = MemberFactory(name="书记本人", organization=branch)
    row, old = remark(me, east), remark(second, east)
    merge_members(me, second, reason="同一人", by=None)
    names = ["settle_remark", "void_remark"]

    for one in (row, old):
        assert forms(browser, names, one) <= REFUSED
        with pytest.raises(OwnMatter):
            settle_remark(one, on=today(), by=oneself)
        with pytest.raises(OwnMatter):
            void_remark(one, reason="不实", by=oneself)
    assert set(GuardedRemark.objects.visible_to(oneself)) == {row, old}
    page = browser.get(reverse("members:remarks", args=[me.pk])).content.decode()
    assert "清洁日志愿服务" in page
    assert not any(reverse(f"members:{n}", args=[row.pk]) in page for n in names)
    assert void_remark(row, reason="登记错误", by=staff).voided_at


def test_the_pledge_of_a_secretary_is_accepted_and_settled_by_another(
    browser, oneself, staff, me
):
    row = PledgeFactory(member=me)
    names = ["accept_pledge", "return_pledge", "settle_pledge", "void_pledge"]

    assert forms(browser, names, row) <= REFUSED
    assert forms(browser, ["enter_pledge"], me) <= REFUSED
    assert list(todo_sources.get("members.pledges").find(oneself, today())) == []
    content = {"kind": "help", "text": "看望老人", "starts_on": row.starts_on}
    for decide in (
        lambda by: accept_pledge(row, by=by),
        lambda by: return_pledge(row, reason="再写", by=by),
        lambda by: void_pledge(row, reason="误录", by=by),
        lambda by: make_pledge(
            me, by=by, is_accepted=True, ends_on=row.ends_on, **content
        ),
    ):
        with pytest.raises(OwnMatter):
            decide(oneself)
    accept_pledge(row, by=staff)
    with pytest.raises(OwnMatter):
        settle_pledge(row, state=PledgeState.KEPT, outcome="", by=oneself)
    assert Pledge.objects.get().state == PledgeState.ACCEPTED
    assert make_pledge(me, by=oneself, ends_on=row.ends_on, **content).is_open


def broken():
    """What `verify` finds of decisions in one's own matter."""
    return list(invariants.get("members.own_matters").broken())


def test_verify_finds_what_somebody_decided_in_their_own_matter(
    secretary, staff, branch, east
):
    member = MemberFactory(name="书记本人", organization=branch)
    opinion = OpinionRequestFactory(about=member)
    answer_opinion(opinion, opinion="agrees", reasons="按时报到", by=secretary)
    mark = remark(member, east)
    settle_remark(mark, on=today(), by=secretary)
    pledge = PledgeFactory(member=member)
    accept_pledge(pledge, by=secretary)
    settle_pledge(pledge, state=PledgeState.KEPT, outcome="", by=staff)
    assert broken() == []

    Member.objects.filter(pk=member.pk).update(user=secretary)

    assert broken() == [
        f"opinion {opinion.pk}",
        f"guarded remark {mark.pk}",
        f"pledge {pledge.pk}",
    ]


def test_verify_finds_an_opinion_that_a_place_gave_to_itself(branch, east):
    row = OpinionRequestFactory(about=MemberFactory(organization=branch))
    answer_opinion(row, opinion="agrees", reasons="按时报到", by=None)
    assert broken() == []

    OpinionRequest.objects.filter(pk=row.pk).update(organization=east)

    assert broken() == [f"opinion {row.pk}: given to the place itself"]
