"""Guarded remarks, who is willing, and a member in two hands (S0-26, S2-45, S0-27)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEntry, Notice
from core.errors import ConstraintViolated
from core.months import months_after, today
from core.registries.timeline import timeline_of
from members.actions import (
    answer_remark,
    check_in,
    record_remark,
    set_skills,
    set_willingness,
    settle_remark,
    void_remark,
)
from members.errors import NotCheckedIn, RemarkIsOver
from members.models import CheckIn, GuardedRemark, Member
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import UnitFactory

pytestmark = pytest.mark.django_db
SAID = "两次电话通知均未回复"


@pytest.fixture
def school(east):
    return UnitFactory(name="第一中学", host=east)


@pytest.fixture
def resident(branch):
    return MemberFactory(name="孙某某", organization=branch)


def remark(about, place, **values):
    words = {"kind": "declined", "matter": "清洁日志愿服务", "details": SAID}
    return record_remark(
        about, place, **{"happened_on": today(), "by": None, **words, **values}
    )


def send(client, path, **values):
    """Send a form with the tokens that its page shows."""
    form = client.get(path).context["form"]
    tokens = {
        name: form[name].value()
        for name in ("idempotency_key", "version_token")
        if name in form.fields
    }
    return client.post(path, {**tokens, **values})


@pytest.mark.mission("S0-26")
def test_the_secretary_records_a_remark_and_the_member_reads_and_answers_it(
    client, secretary, resident
):
    me = account_of(resident)
    client.force_login(secretary)
    page = reverse("members:remarks", args=[resident.pk])
    assert page in client.get(resident.get_absolute_url()).content.decode()

    send(
        client,
        reverse("members:record_remark", args=[resident.pk]),
        kind="declined",
        happened_on=f"{today()}",
        matter="清洁日志愿服务",
        details=SAID,
    )

    row = GuardedRemark.objects.get()
    assert SAID in client.get(page).content.decode()
    (notice,) = Notice.objects.filter(user=me)
    assert SAID not in notice.text
    client.force_login(me)
    own = client.get(reverse("members:me")).content.decode()
    assert SAID in own
    path = reverse("members:answer_remark", args=[row.pk])
    assert path in own
    send(client, path, reply="当时住院，出院后已报名")
    client.force_login(secretary)
    assert "当时住院，出院后已报名" in client.get(page).content.decode()


def test_a_remark_is_read_by_the_secretary_the_street_and_the_member_alone(
    resident, east, street, secretary, staff, branch, school, stranger, officer, city
):
    row = remark(resident, east)
    others = [
        holder(Role.DEPUTY, east),
        holder(Role.CLERK, east),
        holder(Role.BRANCH_SECRETARY, branch),
        holder(Role.LIAISON, unit=school),
        officer,
        stranger,
        account_of(MemberFactory(organization=branch)),
    ]

    seen = GuardedRemark.objects.visible_to

    assert [list(seen(user)) for user in (secretary, staff)] == [[row], [row]]
    assert list(seen(account_of(resident))) == [row]
    assert [list(seen(user)) for user in others] == [[]] * len(others)


def test_a_remark_expires_after_the_months_of_the_rule(resident, east, secretary):
    Threshold.objects.filter(key=ThresholdKey.REMARK_MONTHS).update(value=6)
    row = remark(resident, east)
    assert row.expires_on == months_after(today(), 6)
    readers = (secretary, account_of(resident))

    with time_machine.travel(dt.datetime.combine(row.expires_on, dt.time(12))):
        seen = GuardedRemark.objects.visible_to
        assert [list(seen(user)) for user in readers] == [[], []]
        with pytest.raises(RemarkIsOver):
            answer_remark(row, reply="当时住院", by=None)

    day_before = row.expires_on - dt.timedelta(days=1)
    with time_machine.travel(dt.datetime.combine(day_before, dt.time(12))):
        assert [list(seen(user)) for user in readers] == [[row], [row]]


def test_what_a_remark_says_stands_in_no_log_list_file_search_or_time_line(
    client, secretary, resident, east
):
    row = remark(resident, east)
    answer_remark(row, reply="当时住院", by=None)
    void = remark(resident, east, matter="座谈会")
    void_remark(void, reason="登记错了人", by=None)
    secrets = (SAID, "当时住院", "清洁日志愿服务", "座谈会", "declined", "登记错了人")

    entries = AuditEntry.objects.filter(subject_type="members.GuardedRemark")
    logged = " ".join(
        f"{one.before} {one.after} {one.reason} {one.subject_name}" for one in entries
    )
    assert entries.count() == 4
    lines = " ".join(str(e.label) for e in timeline_of(resident, secretary))
    client.force_login(secretary)
    pages = [
        client.get(reverse("members:list")).content.decode(),
        client.get(f"{reverse('members:list')}?_export=csv").content.decode(),
        client.get(resident.get_absolute_url()).content.decode(),
    ]
    for text in (logged, lines, *pages):
        assert [secret for secret in secrets if secret in text] == []


def test_a_voided_remark_is_shown_to_nobody_and_not_answered(resident, east, secretary):
    row = remark(resident, east)
    void_remark(row, reason="登记错误", by=None)

    assert list(GuardedRemark.objects.visible_to(secretary)) == []
    with pytest.raises(RemarkIsOver):
        answer_remark(row, reply="当时住院", by=None)


def test_a_reply_has_words_and_nobody_takes_part_before_they_were_asked(resident, east):
    row = remark(resident, east)
    with pytest.raises(ConstraintViolated):
        answer_remark(row, reply="", by=None)
    with pytest.raises(ConstraintViolated):
        settle_remark(row, on=today() - dt.timedelta(days=1), by=None)


@pytest.mark.mission("S2-45")
def test_the_secretary_sees_by_unit_who_did_not_answer_or_put_them_off(
    client, secretary, school, east, staff
):
    client.force_login(secretary)
    assert reverse("members:record_unit_remark", args=[school.pk]) in (
        client.get(school.get_absolute_url()).content.decode()
    )

    send(
        client,
        reverse("members:record_unit_remark", args=[school.pk]),
        kind="no_answer",
        happened_on=f"{today()}",
        matter="双报到座谈会书面邀请",
    )

    teacher = MemberFactory(name="钱老师", community=east)
    Member.objects.filter(pk=teacher.pk).update(employer=school)
    teacher.refresh_from_db()
    of_person = remark(teacher, east)
    path = reverse("members:unit_remarks")
    page = client.get(path).content.decode()
    assert page.count("第一中学") == 1
    assert "双报到座谈会书面邀请" in page
    assert "钱老师" in page
    client.force_login(staff)
    assert "双报到座谈会书面邀请" in client.get(path).content.decode()

    settle_remark(of_person, on=today(), by=None)

    assert "钱老师" not in client.get(path).content.decode()
    client.force_login(holder(Role.CLERK, east))
    assert client.get(path).status_code == 403
    client.force_login(holder(Role.LIAISON, unit=school))
    assert client.get(path).status_code == 403


@pytest.mark.mission("S0-26")
def test_who_is_willing_is_said_with_the_check_in_and_seen_where_posts_are_planned(
    client, secretary, east
):
    willing = MemberFactory(name="赵愿意", community=east)
    MemberFactory(name="周未答", community=east)
    client.force_login(secretary)

    send(
        client,
        reverse("members:willingness", args=[willing.pk]),
        willing="willing",
    )

    assert CheckIn.objects.get(member=willing).willing == "willing"
    query = "?record=&willing=willing&columns=willing_to_serve"
    page = client.get(f"{reverse('members:list')}{query}").content.decode()
    assert "赵愿意" in page
    assert "愿意参加服务" in page
    assert "周未答" not in page
    set_skills(willing, skills=[], available="", willing="not_now", by=None)
    willing.refresh_from_db()
    assert willing.willing == "not_now"


def test_willingness_goes_along_with_the_check_in_and_needs_one(east, west, branch):
    member = MemberFactory(organization=branch)
    with pytest.raises(NotCheckedIn):
        set_willingness(member, willing="willing", by=None)
    check_in(member, east, by=None, willing="willing")

    assert Member.objects.get(pk=member.pk).willing == "willing"


HOME = ("members:change", "members:propose_transfer", "members:end", "members:away")
HERE = ("members:check_out", "members:willingness")


@pytest.mark.mission("S0-27")
def test_each_of_both_places_does_its_own_part_and_the_page_says_which(
    client, branch, foreign, secretary, other_street
):
    member = MemberFactory(organization=branch)
    check_in(member, foreign, by=None)
    host = holder(Role.SECRETARY, foreign)

    def answers(user, names):
        client.force_login(user)
        paths = [reverse(name, args=[member.pk]) for name in names]
        return [client.get(path).status_code for path in paths]

    assert answers(secretary, HOME) == [200] * len(HOME)
    assert answers(secretary, HERE) == [403] * len(HERE)
    assert answers(host, HOME) == [403] * len(HOME)
    assert answers(host, HERE) == [200] * len(HERE)
    for user in (secretary, host):
        client.force_login(user)
        page = client.get(member.get_absolute_url())
        hands = page.context["two_hands"]["hands"]
        assert [hand.may_write for hand in hands] == [
            user == secretary,
            user == host,
        ]
        text = page.content.decode()
        assert "双重管理分工" in text
        assert branch.full_name in text
        assert foreign.full_name in text
