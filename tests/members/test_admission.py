"""Entering members."""

import datetime as dt

import pytest
from django.db import IntegrityError

from accounts.models import AuditEntry
from members.actions import admit_member, end_membership, move_member
from members.enums import EndReason, StartReason
from members.errors import AlreadyRecorded, CannotHoldMembers
from members.models import Affiliation, Member
from organizations.models import StaleMark
from tests.factories.members import MemberFactory, identity_number
from tests.factories.organizations import BranchFactory, closed


def test_an_admitted_member_counts_at_his_branch(branch):
    member = MemberFactory(organization=branch, starts_on=dt.date(2026, 6, 3))

    affiliation = member.affiliations.get()

    assert (member.organization, affiliation.organization) == (branch, branch)
    assert affiliation.start_month == dt.date(2026, 6, 1)


def test_admission_leaves_one_trail_entry_and_one_mark(branch, staff):
    before = AuditEntry.objects.count(), StaleMark.objects.count()

    admit_member(
        by=staff,
        organization=branch,
        name="李明",
        sex="1",
        birth_date=dt.date(1980, 1, 1),
        id_number=identity_number(1),
    )

    assert AuditEntry.objects.count() - before[0] == 1
    assert StaleMark.objects.count() - before[1] == 1
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


def test_moving_inside_a_community_is_neither_coming_nor_going(branch, east):
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
