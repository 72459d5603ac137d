"""A member reads who looked at their record, when, in which role and what for."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import (
    record_find_by_phone,
    record_look,
    record_remarks_look,
    unmask,
)
from organizations.roles import Role
from tests.client import Browser
from tests.factories.accounts import RoleAssignmentFactory, holder
from tests.factories.members import (
    DuplicatePairFactory,
    MemberFactory,
    MemberMergeFactory,
    account_of,
)

PAGE = reverse("members:own_looks")
COLUMNS = ("actor_name", "office", "action", "reason")


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, name="李明")


def looks(person, **asked):
    """What the page of a person's own looks shows, row by row."""
    client = Browser()
    client.force_login(person, "accounts.backends.UsernameOrPhone")
    table = client.get(PAGE, asked).context["table"]
    return [tuple(str(row.get_cell(name)) for name in COLUMNS) for row in table.rows]


def test_members_read_who_looked_at_their_record_and_what_for(member, staff, secretary):
    record_find_by_phone(member, by=staff)
    unmask(member, "id_number", by=secretary, reason="核对介绍信")

    assert looks(account_of(member)) == [
        ("王芳", "东社区社区书记", "查看完整号码（身份证号码）", "核对介绍信"),
        ("赵敏", "长安街道街道工作人员", "按手机号码查找", "—"),
    ]


def test_the_page_shows_no_part_of_a_number_that_was_read(client, member, secretary):
    unmask(member, "id_number", by=secretary, reason="核对")
    unmask(member, "phone", by=secretary, reason="核对")
    client.force_login(account_of(member), "accounts.backends.UsernameOrPhone")

    body = client.get(PAGE).content.decode()

    assert [n for n in (member.phone, member.id_number) if n[-4:] in body] == []


def test_neither_their_own_looks_nor_those_at_others_stand_there(
    member, branch, secretary
):
    account = account_of(member)
    RoleAssignmentFactory(user=account, role=Role.BRANCH_SECRETARY, organization=branch)
    record_look(member, by=account)
    record_look(MemberFactory(organization=branch), by=secretary)

    assert looks(account) == []


def test_a_look_at_a_list_of_remarks_that_names_a_member_stands_there(
    member, secretary
):
    record_remarks_look([member], by=secretary)

    assert [row[0] for row in looks(account_of(member))] == ["王芳"]


def test_looks_at_a_record_that_was_merged_are_looks_at_the_member(
    member, secretary, branch
):
    pair = DuplicatePairFactory(member=member)
    record_look(pair.second, by=secretary)
    MemberMergeFactory(pair=pair)

    assert [row[0] for row in looks(account_of(member))] == ["王芳"]


def test_the_role_is_the_one_of_that_day(member, east):
    deputy = holder(Role.DEPUTY, east, name="孙立")
    with time_machine.travel(dt.datetime(2026, 7, 10, 4, tzinfo=dt.UTC)):
        record_look(member, by=deputy)
    deputy.role_assignments.update(ends_on=dt.date(2026, 7, 11))
    RoleAssignmentFactory(
        user=deputy, role=Role.SECRETARY, organization=east, starts_on="2026-07-11"
    )

    assert [row[1] for row in looks(account_of(member))] == ["东社区副书记"]


def test_the_looks_come_in_pages_at_the_same_cost(client, member, secretary, staff):
    client.force_login(account_of(member), "accounts.backends.UsernameOrPhone")
    record_look(member, by=secretary)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for by in (secretary, staff) * 15:
        record_look(member, by=by)

    with CaptureQueriesContext(connection) as many:
        shown = client.get(PAGE).context["table"].paginated_rows

    assert (len(shown), len(many) - len(few)) == (20, 0)
    assert len(looks(account_of(member), page=2)) == 31
