"""The audit log holds what was entered of a member, and where corrections belong."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from members.actions import (
    admit_transferred,
    change_member,
    end_membership,
    void_member,
)
from members.enums import EndReason
from tests.factories.members import MemberFactory, identity_number
from tests.factories.organizations import BranchFactory, UnitFactory
from tests.members.test_transfers import incoming, particulars

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(branch, east):
    return MemberFactory(
        organization=branch,
        birth_date=dt.date(1980, 4, 12),
        join_date=dt.date(2005, 7, 1),
        full_member_date=dt.date(2006, 7, 1),
        ethnicity="01",
        phone="13800001234",
        landline="0710-3245678",
        address="东街1号",
        employer=UnitFactory(host=east),
        skills=["medical"],
        remark="",
    )


ENTERED = {
    *("name", "sex", "id_number", "birth_date", "join_date", "full_member_date"),
    *("ethnicity", "phone", "landline", "address", "employer", "skills"),
    *("standing", "category", "organization", "id_number.digest", "phone.digest"),
}


def latest(action, member):
    rows = AuditEntry.objects.about(member).filter(action=action)
    return rows.latest("pk")


def test_an_entry_holds_every_column_that_was_filled_in(member):
    entry = latest("members.admit_members", member)

    assert {*entry.after} >= ENTERED
    assert "remark" not in entry.after


def test_numbers_and_the_day_of_birth_are_masked_in_it(member):
    entry = latest("members.admit_members", member)

    assert entry.after["birth_date"] == "1980-04"
    assert entry.after["phone"] == "138****1234"


def test_a_voided_record_is_logged_with_all_that_it_said(member):
    void_member(member, by=None, reason="录入错误")

    assert {*latest("members.void_member", member).before} >= ENTERED


def test_a_correction_of_a_former_member_is_logged_where_they_belonged(member, branch):
    end_membership(member, by=None, reason=EndReason.WITHDRAWN)
    member.refresh_from_db()

    change_member(member, by=None, remark="核对过")

    entry = latest("members.change_members", member)
    assert (member.organization, entry.organization) == (None, branch)


def test_a_correction_of_who_comes_back_is_logged_where_they_come_to(
    east, west, branch
):
    number = identity_number(78)
    before = BranchFactory(parent=west)
    gone = MemberFactory(organization=before, name="赵六", id_number=number)
    end_membership(gone, by=None, reason=EndReason.TRANSFERRED_OUT)

    admit_transferred(incoming(east), branch, by=None, **particulars(number))

    assert latest("members.change_members", gone).organization == branch
