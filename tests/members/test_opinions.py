"""Opinions asked for before somebody is honoured or appointed (S0-25, S4-24)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Notice
from cases.actions import add_case_kind, change_case_kind, escalate_cases
from cases.enums import CaseState
from cases.models import CaseKind
from communities.actions import record_honour
from communities.decision_errors import (
    OpinionAboutAnother,
    OpinionAskedLater,
    OpinionWasWithdrawn,
)
from communities.models import Honour
from core.errors import ConstraintViolated
from core.months import today
from core.registries.invariants import invariants
from core.registries.timeline import timeline_of
from core.registries.todos import todo_sources
from members.actions import (
    answer_opinion,
    ask_opinion,
    check_in,
    end_membership,
    settle_pledge,
    withdraw_opinion,
)
from members.enums import EndReason, OpinionState, PledgeState
from members.errors import (
    DueBeforeToday,
    NobodyToAsk,
    OpinionIsOver,
    WrongPlaceAsked,
)
from members.models import Member, OpinionRequest
from organizations.actions import end_unit
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.opinions import (
    COMMENDATION,
    DISPATCHED_HEAD,
    OpinionRequestFactory,
    head_of_station,
    opinion_kind,
)
from tests.factories.organizations import UnitFactory
from tests.factories.pledges import PledgeFactory

pytestmark = pytest.mark.django_db
ASKED = "拟推荐为优秀共产党员，请答复其报到、服务情况"


@pytest.fixture
def school(east):
    return UnitFactory(name="第一中学", host=east)


@pytest.fixture
def liaison(school):
    return holder(Role.LIAISON, unit=school)


@pytest.fixture
def teacher(east, school):
    """A member in service of the school, checked in with the community."""
    member = MemberFactory(name="孙老师", community=east, category="in_service")
    Member.objects.filter(pk=member.pk).update(employer=school)
    return Member.objects.get(pk=member.pk)


def send(client, path, **values):
    """Send a form with the tokens that its page shows."""
    form = client.get(path).context["form"]
    tokens = {
        name: form[name].value()
        for name in ("idempotency_key", "version_token")
        if name in form.fields
    }
    return client.post(path, {**tokens, **values})


def late(row, days=30):
    """The clock so many days after the question."""
    return time_machine.travel(
        dt.datetime.combine(row.case.opened_on + dt.timedelta(days), dt.time(12))
    )


@pytest.mark.mission("S0-25")
def test_a_liaison_asks_the_community_and_the_secretary_answers_with_the_facts(
    client, liaison, secretary, teacher, east
):
    client.force_login(liaison)
    people = client.get(reverse("members:unit_people"))
    path = reverse("members:ask_for_unit", args=[teacher.pk])
    assert path in people.content.decode()

    kind = opinion_kind(COMMENDATION)
    answer = send(client, path, kind=kind.pk, question=ASKED)

    row = OpinionRequest.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.case.organization, row.asker) == (east, "第一中学")
    assert (row.state, row.case.kind) == (OpinionState.WAITING, kind)
    assert Notice.objects.filter(user=secretary).exists()
    client.force_login(secretary)
    page = client.get(row.get_absolute_url()).content.decode()
    assert reverse("members:answer_opinion", args=[row.pk]) in page
    path = reverse("members:answer_opinion", args=[row.pk])
    assert "报到" in client.get(path).content.decode()

    send(client, path, opinion="agrees", reasons="按时报到，积极参加服务")

    row.refresh_from_db()
    assert (row.opinion, row.state) == ("agrees", OpinionState.ANSWERED)
    assert row.case.state == CaseState.ANSWERED
    assert row.facts[0][0] == "报到"
    assert east.name in row.facts[0][1]
    client.force_login(liaison)
    paper = client.get(reverse("members:print_reply", args=[row.pk])).content.decode()
    assert "按时报到，积极参加服务" in paper
    assert east.full_name in paper
    assert "第一中学" in paper
    assert teacher.id_number not in paper


def test_the_facts_of_an_answer_stay_when_the_member_leaves(east, teacher):
    row = OpinionRequestFactory(about=teacher)
    answer_opinion(row, opinion="agrees", reasons="按时报到", by=None)
    end_membership(teacher, reason=EndReason.DIED, by=None)

    row.refresh_from_db()

    assert east.name in row.facts[0][1]


def test_silence_is_shown_as_silence_and_reported_upwards(
    client, liaison, secretary, school, teacher, staff
):
    row = OpinionRequestFactory(about=teacher, unit=school, by=liaison)
    source = todo_sources.get("members.opinions")
    (todo,) = source.find(secretary, today())
    assert (todo.count, todo.due_on) == (1, row.case.due_on)
    assert list(source.find(liaison, today())) == []

    with late(row):
        escalate_cases()
        (to_answer,) = source.find(secretary, today())
        (unanswered,) = source.find(liaison, today())
        assert row.state == OpinionState.UNANSWERED
        client.force_login(liaison)
        page = client.get(unanswered.url).content.decode()

    row.case.refresh_from_db()
    assert row.case.escalated_on is not None
    assert (to_answer.count, unanswered.count) == (1, 1)
    assert "未答复（逾期，不视为同意）" in page
    assert ">同意<" not in page


def test_a_late_answer_is_shown_as_late(teacher):
    row = OpinionRequestFactory(about=teacher)

    with late(row):
        answer_opinion(row, opinion="reserves", reasons="服务较少", by=None)

    row.refresh_from_db()
    assert row.state == OpinionState.LATE
    rows = OpinionRequest.objects
    assert list(rows.in_state(OpinionState.LATE, today())) == [row]
    assert list(rows.in_state(OpinionState.ANSWERED, today())) == []


def test_who_asked_does_not_answer_and_nobody_above_answers_for_the_place(
    client, secretary, staff, east, branch
):
    member = MemberFactory(organization=branch)
    row = OpinionRequestFactory(about=member, organization=branch, by=secretary)

    with pytest.raises(ConstraintViolated):
        answer_opinion(row, opinion="agrees", reasons="表现好", by=secretary)

    client.force_login(staff)
    path = reverse("members:answer_opinion", args=[row.pk])
    assert client.get(path).status_code == 403


def test_an_answer_needs_its_reasons_and_is_given_once(teacher):
    row = OpinionRequestFactory(about=teacher)
    with pytest.raises(ConstraintViolated):
        answer_opinion(row, opinion="agrees", reasons="", by=None)
    answer_opinion(row, opinion="disagrees", reasons="未参加服务", by=None)

    with pytest.raises(OpinionIsOver):
        answer_opinion(row, opinion="agrees", reasons="改了主意", by=None)
    with pytest.raises(OpinionIsOver):
        withdraw_opinion(row, reason="不再推荐", by=None)


def test_one_asker_asks_once_at_a_time_and_may_ask_again_after_withdrawing(teacher):
    row = OpinionRequestFactory(about=teacher)
    with pytest.raises(ConstraintViolated):
        OpinionRequestFactory(about=teacher)
    withdraw_opinion(row, reason="不再推荐", by=None)

    row.refresh_from_db()
    assert (row.state, row.case.state) == (OpinionState.WITHDRAWN, CaseState.VOIDED)
    assert OpinionRequestFactory(about=teacher).is_open


def test_nobody_can_be_asked_about_a_member_who_is_nowhere(east):
    member = MemberFactory(community=east)
    Member.objects.filter(pk=member.pk).update(community=None, organization=None)

    with pytest.raises(NobodyToAsk):
        OpinionRequestFactory(about=member)


def test_an_answer_is_not_due_in_the_past(teacher):
    with pytest.raises(DueBeforeToday):
        OpinionRequestFactory(about=teacher, due_on=today() - dt.timedelta(days=1))


def test_a_member_is_asked_about_where_they_checked_in(branch, west):
    member = MemberFactory(organization=branch)
    check_in(member, west, by=None)

    row = OpinionRequestFactory(about=member)

    assert row.case.organization == west


def test_questions_end_with_the_membership_and_with_the_unit(teacher, school, east):
    of_unit = OpinionRequestFactory(about=teacher, unit=school)
    gone = MemberFactory(community=east)
    of_member = OpinionRequestFactory(about=gone)

    end_unit(school, by=None, reason="撤并")
    end_membership(gone, reason=EndReason.DIED, by=None)

    for row in (of_unit, of_member):
        row.refresh_from_db()
        assert row.state == OpinionState.WITHDRAWN


def test_the_member_and_others_do_not_read_an_opinion(
    client, teacher, secretary, stranger, school, liaison
):
    other = holder(Role.LIAISON, unit=UnitFactory(name="第二中学"))
    row = OpinionRequestFactory(about=teacher, unit=school)

    seen = OpinionRequest.objects.visible_to
    assert [list(seen(user)) for user in (secretary, liaison)] == [[row], [row]]
    assert [list(seen(user)) for user in (stranger, other)] == [[], []]
    labels = [str(event.label) for event in timeline_of(teacher, stranger)]
    assert not any("征求" in label for label in labels)
    labels = [str(event.label) for event in timeline_of(teacher, secretary)]
    assert any("评优征求意见" in label for label in labels)


@pytest.mark.mission("S0-25")
def test_the_honour_shows_what_the_community_said_before(
    client, secretary, branch, staff
):
    member = MemberFactory(organization=branch)
    row = OpinionRequestFactory(about=member)
    answer_opinion(row, opinion="agrees", reasons="带头参加服务", by=None)
    client.force_login(secretary)
    path = reverse("communities:honour_member", args=[member.pk])

    values = {"name": "优秀共产党员", "level": "street", "issuer": "街道党工委"}
    answer = send(client, path, awarded_on=f"{today()}", opinion=row.pk, **values)

    page = client.get(answer.url).content.decode()
    assert "带头参加服务" in page
    assert row.get_absolute_url() in page
    other = MemberFactory(organization=branch)
    with pytest.raises(OpinionAboutAnother):
        record_honour(other, awarded_on=today(), by=None, opinion=row, **values)
    without = record_honour(other, awarded_on=today(), by=None, **values)
    assert "未征求意见" in client.get(without.get_absolute_url()).content.decode()


def test_an_opinion_asked_for_later_or_withdrawn_is_none_asked_for_before(
    client, secretary, branch
):
    member = MemberFactory(organization=branch)
    row = OpinionRequestFactory(about=member)
    yesterday = today() - dt.timedelta(days=1)
    values = {"name": "优秀共产党员", "level": "street", "issuer": "街道党工委"}
    with pytest.raises(OpinionAskedLater):
        record_honour(member, awarded_on=yesterday, by=None, opinion=row, **values)
    client.force_login(secretary)
    path = reverse("communities:honour_member", args=[member.pk])
    answer = send(client, path, awarded_on=f"{yesterday}", opinion=row.pk, **values)
    assert "没有保存" in f"{answer.context['form'].errors}"
    withdraw_opinion(row, reason="不再推荐", by=None)
    row.refresh_from_db()
    with pytest.raises(OpinionWasWithdrawn):
        record_honour(member, awarded_on=today(), by=None, opinion=row, **values)


def test_verify_finds_honours_whose_opinion_was_asked_for_later(branch):
    member = MemberFactory(organization=branch)
    opinion = OpinionRequestFactory(about=member)
    values = {"name": "先进", "level": "street", "issuer": "街道党工委"}
    row = record_honour(member, awarded_on=today(), by=None, opinion=opinion, **values)
    invariant = invariants.get("communities.opinions_before")
    assert list(invariant.broken()) == []

    Honour.objects.update(awarded_on=today() - dt.timedelta(days=1))

    assert list(invariant.broken()) == [f"honour {row.pk}"]


@pytest.mark.mission("S4-24")
def test_the_street_is_asked_about_the_head_of_a_local_office_and_answers(
    client, staff, street, secretary
):
    client.force_login(staff)
    kind = opinion_kind(DISPATCHED_HEAD)

    answer = send(
        client,
        reverse("members:ask_about_person"),
        kind=kind.pk,
        asker="市公安局",
        number="公函〔2026〕5号",
        on=f"{today()}",
        person="周建国",
        position="派出所所长（拟任）",
        workplace="城关派出所",
        place=street.pk,
        question="请对其日常工作表现提出意见",
    )

    row = OpinionRequest.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.case.organization, row.member) == (street, None)
    letter = client.get(reverse("members:print_question", args=[row.pk]))
    assert "周建国" in letter.content.decode()
    path = reverse("members:answer_opinion", args=[row.pk])
    send(client, path, opinion="reserves", reasons="入户走访较少，建议整改后任用")
    row.refresh_from_db()
    assert (row.opinion, row.state) == ("reserves", OpinionState.ANSWERED)
    paper = client.get(reverse("members:print_reply", args=[row.pk])).content.decode()
    assert street.full_name in paper
    assert "入户走访较少，建议整改后任用" in paper
    client.force_login(secretary)
    assert client.get(row.get_absolute_url()).status_code == 404


@pytest.mark.mission("S4-24")
def test_the_liaison_of_a_department_asks_a_street_by_itself(
    client, liaison, school, street
):
    client.force_login(liaison)

    send(
        client,
        reverse("members:ask_about_person"),
        kind=opinion_kind(DISPATCHED_HEAD).pk,
        unit=school.pk,
        person="周建国",
        workplace="城关派出所",
        place=street.pk,
        question="请提出意见",
    )

    row = OpinionRequest.objects.get()
    assert (row.asker, row.case.organization) == ("第一中学", street)


def test_the_liaison_of_two_units_says_for_which_they_ask(
    client, liaison, school, west, east
):
    hospital = UnitFactory(name="中心医院", host=west)
    held = liaison.role_assignments.get()
    liaison.role_assignments.create(
        role=Role.LIAISON, unit=hospital, starts_on=held.starts_on
    )
    client.force_login(liaison)
    path = reverse("members:ask_about_person")
    form = client.get(path).context["form"]
    assert {east, west} <= set(form.fields["place"].queryset)
    assert form["unit"].value() is None
    values = {"kind": opinion_kind(COMMENDATION).pk, "person": "周建国"}
    values |= {"workplace": "中心医院", "question": "请提出意见"}

    unsaid = send(client, path, place=west.pk, **values)
    others = send(client, path, unit=school.pk, place=west.pk, **values)
    send(client, path, unit=hospital.pk, place=west.pk, **values)

    assert "unit" in unsaid.context["form"].errors
    assert "place" in others.context["form"].errors
    row = OpinionRequest.objects.get()
    assert (row.unit, row.case.organization) == (hospital, west)


def test_a_kind_for_streets_asks_no_community(east):
    with pytest.raises(WrongPlaceAsked):
        head_of_station(east)


def test_an_office_adds_a_kind_of_question(teacher, east):
    kind = add_case_kind(
        code="two_representatives",
        name="两代表一委员人选征求意见",
        role=Role.SECRETARY,
        workdays=3,
        steps=["听取支部意见"],
        asks_opinion=True,
        by=None,
    )

    row = ask_opinion(teacher, kind, question="请提出意见", asker="组织部", by=None)

    assert (kind.has_details, row.case.organization) == (True, east)
    change_case_kind(kind, workdays=7, by=None)
    assert CaseKind.objects.get(pk=kind.pk).workdays == 7
    with pytest.raises(ConstraintViolated):
        change_case_kind(kind, role=Role.ACCOUNTANT, by=None)


@pytest.mark.mission("S0-27")
def test_a_liaison_sees_check_in_service_and_how_much_was_pledged_and_nothing_else(
    client, liaison, teacher, branch, east
):
    text = "每月看望困难群众王奶奶"
    PledgeFactory(member=teacher, text=text, is_accepted=True)
    kept = PledgeFactory(member=teacher, is_accepted=True)
    settle_pledge(kept, state=PledgeState.KEPT, outcome="", by=None)
    stranger = MemberFactory(organization=branch, name="周外人")
    client.force_login(liaison)

    page = client.get(reverse("members:unit_people")).content.decode()

    assert "孙老师" in page
    assert east.name in page
    assert stranger.name not in page
    assert "已承诺 2 项，已践诺 1 项" in page
    secrets = (teacher.id_number, teacher.phone, f"{teacher.birth_date.year}年", text)
    assert [secret for secret in secrets if secret in page] == []
    assert client.get(teacher.get_absolute_url()).status_code == 404
    path = reverse("members:ask_for_unit", args=[stranger.pk])
    assert client.get(path).status_code == 404
    row = OpinionRequestFactory(about=teacher, unit=teacher.employer)
    answer_opinion(row, opinion="agrees", reasons="按时报到", by=None)
    for name in ("opinion", "print_reply"):
        answer = client.get(reverse(f"members:{name}", args=[row.pk])).content.decode()
        assert "已承诺 2 项，已践诺 1 项" in answer
        assert text not in answer
