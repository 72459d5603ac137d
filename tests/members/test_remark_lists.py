"""The lists of guarded remarks: about units, and about members (S0-26, S2-45)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AccessEntry
from core.months import today
from members.actions import answer_remark, record_remark, settle_remark, void_remark
from members.models import Member
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import UnitFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("members:member_remarks")


@pytest.fixture
def school(east):
    return UnitFactory(name="第一中学", host=east)


@pytest.fixture
def teacher(east, school):
    return employed("钱老师", east, school)


def employed(name, community, unit=None):
    member = MemberFactory(name=name, community=community)
    Member.objects.filter(pk=member.pk).update(employer=unit)
    member.refresh_from_db()
    return member


def remark(about, place, **values):
    words = {"kind": "declined", "matter": "清洁日", "happened_on": today(), "by": None}
    return record_remark(about, place, **{**words, **values})


def read(client, **query):
    return client.get(PAGE, query).content.decode()


@pytest.mark.mission("S2-45")
def test_who_refuses_is_read_by_unit_with_the_reply(
    client, secretary, east, school, teacher
):
    hospital = UnitFactory(name="中心医院", host=east)
    doctor = employed("孙医生", east, hospital)
    answer_remark(remark(teacher, east), reply="当时住院", by=None)
    remark(doctor, east)
    remark(employed("李无单位", east), east)
    remark(school, east, matter="只是单位的事")
    client.force_login(secretary)

    page = read(client)
    assert [name in page for name in ("钱老师", "孙医生", "李无单位")] == [True] * 3
    assert "当时住院" in page
    assert "只是单位的事" not in page

    of_school = read(client, unit=school.pk)
    assert "钱老师" in of_school
    assert "孙医生</" not in of_school
    of_none = read(client, unit="none")
    assert "李无单位" in of_none
    assert "钱老师" not in of_none
    assert "孙医生" in read(client, state="unanswered")
    assert "钱老师" not in read(client, state="unanswered")


def test_a_unit_that_was_entered_after_the_remark_is_the_members_unit(
    client, secretary, east, school
):
    member = employed("孙后填", east)
    remark(member, east)
    Member.objects.filter(pk=member.pk).update(employer=school)
    client.force_login(secretary)

    page = read(client, unit=school.pk)
    assert "孙后填" in page
    assert "第一中学" in page
    assert "孙后填" not in read(client, unit="none")


def test_an_expired_voided_or_settled_remark_is_not_among_the_open_ones(
    client, secretary, east, teacher
):
    row = remark(teacher, east)
    voided = remark(employed("周误录", east), east)
    void_remark(voided, reason="误录", by=None)
    settled = employed("吴后来", east)
    settle_remark(remark(settled, east), on=today(), by=None)
    client.force_login(secretary)

    page = read(client)
    assert "钱老师" in page
    assert "周误录" not in page
    assert "吴后来" not in page
    assert "吴后来" in read(client, state="settled")

    with time_machine.travel(dt.datetime.combine(row.expires_on, dt.time(12))):
        client.force_login(secretary)
        assert "钱老师" not in read(client)
        assert "第一中学" not in read(client)


def test_nobody_else_reads_the_list_and_each_place_its_own(
    client, east, west, street, branch, school, teacher, secretary, staff
):
    remark(teacher, east)
    remark(employed("郑西", west), west)
    for user in (
        holder(Role.DEPUTY, east),
        holder(Role.CLERK, east),
        holder(Role.BRANCH_SECRETARY, branch),
        holder(Role.LIAISON, unit=school),
        account_of(teacher),
    ):
        client.force_login(user)
        assert client.get(PAGE).status_code == 403
    client.force_login(secretary)
    assert "郑西" not in read(client)
    client.force_login(staff)
    assert "郑西" in read(client)


def test_the_remark_about_oneself_is_kept_by_somebody_else(client, east, secretary):
    own = employed("王本人", east)
    Member.objects.filter(pk=own.pk).update(user=secretary)
    remark(own, east)
    client.force_login(secretary)

    assert "清洁日" not in read(client)


@pytest.mark.parametrize("name", ["member_remarks", "unit_remarks"])
def test_opening_a_list_is_logged_for_each_member_that_it_names(
    client, secretary, east, teacher, name
):
    remark(teacher, east)
    client.force_login(secretary)

    client.get(reverse(f"members:{name}"))

    entries = AccessEntry.objects.filter(
        actor=secretary, action="members.record_remarks_look"
    )
    assert [one.subject_name for one in entries.order_by("subject_id")] == [
        "限阅记录",
        "钱老师",
    ]
    assert "清洁日" not in " ".join(f"{one.details}{one.reason}" for one in entries)


def test_the_list_leaves_in_no_file_and_is_searched_by_no_name(
    client, secretary, east, teacher
):
    remark(teacher, east)
    client.force_login(secretary)

    answer = client.get(PAGE, {"export": "csv"})

    assert answer["Content-Type"].startswith("text/html")
    assert [*answer.context["filter"].form.fields] == ["unit", "place", "state"]


def test_ways_lead_to_the_list(client, secretary, east, school):
    client.force_login(secretary)
    for path in (
        reverse("members:unit_remarks"),
        reverse("members:list"),
        school.get_absolute_url(),
    ):
        assert PAGE in client.get(path).content.decode(), path
    client.force_login(holder(Role.CLERK, east))
    assert PAGE not in client.get(reverse("members:list")).content.decode()
