"""Entering members."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from core.db.constraints import validate
from core.errors import ConstraintViolated
from members.actions import (
    Admission,
    admit_member,
    admit_members,
    change_members,
    end_membership,
    move_member,
)
from members.actions.admission import add_derived_values
from members.enums import EndReason, StartReason
from members.errors import AlreadyRecorded, CannotHoldMembers
from members.models import Affiliation, Member
from organizations.actions import end_organization
from organizations.errors import OrganizationEnded
from organizations.models import RecountRequest
from tests.factories.members import NUMERALS, MemberFactory, identity_number
from tests.factories.organizations import BranchFactory, closed
from tests.messages import rule, rule_message


def test_an_admitted_member_counts_at_their_branch(branch):
    member = MemberFactory(organization=branch, starts_on=dt.date(2026, 6, 3))

    affiliation = member.affiliations.get()

    assert (member.organization, affiliation.organization) == (branch, branch)
    assert affiliation.start_month == dt.date(2026, 6, 1)


def test_admission_writes_one_audit_entry_and_one_recount_request(branch, staff):
    before = AuditEntry.objects.count(), RecountRequest.objects.count()

    admit_member(
        by=staff,
        organization=branch,
        name="李明",
        sex="1",
        birth_date=dt.date(1980, 1, 1),
        id_number=identity_number(1),
    )

    assert AuditEntry.objects.count() - before[0] == 1
    assert RecountRequest.objects.count() - before[1] == 1
    entry = AuditEntry.objects.order_by("-pk")[0]
    assert entry.after["id_number"].startswith("*" * 14)


def test_the_same_identity_number_is_refused_a_second_time(branch):
    member = MemberFactory(organization=branch)

    with pytest.raises(AlreadyRecorded):
        MemberFactory(id_number=member.id_number)


def test_nobody_belongs_to_a_street(street):
    with pytest.raises(CannotHoldMembers):
        MemberFactory(organization=street)


def test_a_fact_of_a_closed_month_counts_in_the_first_open_one(branch, east):
    closed(east, dt.date(2026, 3, 1))
    closed(east, dt.date(2026, 4, 1))

    member = MemberFactory(organization=branch, starts_on=dt.date(2026, 3, 9))

    affiliation = member.affiliations.get()
    assert affiliation.start_month == dt.date(2026, 5, 1)
    assert affiliation.is_late


def test_moving_inside_a_community_is_neither_gain_nor_loss(branch, east):
    member = MemberFactory(organization=branch)
    second = BranchFactory(parent=east)

    move_member(member, second, by=None, on=dt.date(2026, 6, 1))

    reasons = Affiliation.objects.order_by("starts_on").values_list(
        "start_reason", "end_reason"
    )
    assert list(reasons) == [
        (StartReason.TRANSFERRED_IN, EndReason.MOVED),
        (StartReason.MOVED, ""),
    ]


def test_an_ended_member_stays_on_record(branch):
    member = MemberFactory(organization=branch)

    end_membership(member, reason=EndReason.DIED, by=None, on=dt.date(2026, 6, 1))

    assert Member.objects.get(pk=member.pk).organization is None


def test_the_database_refuses_a_second_open_affiliation(branch):
    member = MemberFactory(organization=branch)
    first = member.affiliations.get()

    with pytest.raises(IntegrityError, match=r"affiliation"):
        Affiliation.objects.create(
            member=member,
            organization=branch,
            starts_on=first.starts_on,
            start_month=first.start_month,
            start_reason=first.start_reason,
        )


def person(n, **values):
    """Return the values of one member to be entered."""
    return {
        "name": "李" + str(n).translate(NUMERALS),
        "sex": "1",
        "birth_date": dt.date(1980, 1, 1),
        "id_number": identity_number(n),
        **values,
    }


BEFORE_BIRTH = dt.date(1979, 7, 1)


def test_one_invalid_row_refuses_all_with_the_message_of_the_single_action(branch):
    rows = [person(1), person(2, join_date=BEFORE_BIRTH), person(3)]

    with pytest.raises(ConstraintViolated) as refusal:
        admit_members([Admission(row, branch) for row in rows], by=None)

    member = Member(**add_derived_values(rows[1]))
    with pytest.raises(ConstraintViolated) as alone:
        validate(member)
    assert str(refusal.value) == str(alone.value)
    assert str(alone.value) == rule_message("member_joins_after_birth")
    assert Member.objects.count() == 0


def test_bulk_corrections_are_checked_against_constraints(branch):
    members = [MemberFactory(organization=branch) for _ in range(3)]
    changes = [(member, {"remark": "已核对"}) for member in members]
    changes[1][1]["join_date"] = BEFORE_BIRTH

    with pytest.raises(
        ConstraintViolated, match=f"^{rule('member_joins_after_birth')}$"
    ):
        change_members(changes, by=None)

    assert set(Member.objects.values_list("remark", flat=True)) == {""}


def test_many_admissions_cost_the_queries_of_few(branch, django_assert_num_queries):
    few = [Admission(person(n), branch) for n in range(3)]
    many = [Admission(person(n), branch) for n in range(3, 30)]

    with CaptureQueriesContext(connection) as asked:
        admit_members(few, by=None)

    with django_assert_num_queries(len(asked)):
        admit_members(many, by=None)


def test_nobody_is_admitted_to_an_ended_organization(branch):
    end_organization(branch, by=None, reason="并入", on=dt.date(2026, 6, 1))
    branch.refresh_from_db()

    with pytest.raises(OrganizationEnded, match=branch.name):
        MemberFactory(organization=branch, starts_on=dt.date(2026, 6, 3))

    assert Member.objects.count() == 0
