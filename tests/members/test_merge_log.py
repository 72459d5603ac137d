"""What the audit log says of two records that were merged, and of their accounts."""

import datetime as dt

import pytest

from accounts.actions import change_account
from accounts.models import AuditEntry
from core.audit.presentation import present_entries
from members.actions import check_in, merge_members, undo_merge
from members.enums import Category
from members.models import CheckIn, Member
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import CommunityFactory

pytestmark = pytest.mark.django_db
WHY = "同一人录入两次"
SAME = {"name": "李明", "birth_date": dt.date(1971, 3, 4), "phone": "13800001111"}


def merge_entry(member):
    """What the audit log says of one of two records that were merged."""
    return AuditEntry.objects.get(
        subject_type="members.Member",
        subject_id=member.pk,
        action="members.merge_members",
    )


def twice(one, other, **values):
    """One person, recorded at two organizations."""
    return (
        MemberFactory(organization=one, **SAME, **values),
        MemberFactory(organization=other, **SAME, **values),
    )


def stored(member):
    """The record as it is stored."""
    return Member.all_objects.select_related("organization", "community").get(
        pk=member.pk
    )


def test_the_log_of_the_kept_record_says_what_it_was_given(branch, secretary):
    community = CommunityFactory()
    kept = MemberFactory(organization=branch, **SAME, category=Category.IN_SERVICE)
    other = MemberFactory(in_service=True, **SAME)
    row = check_in(other, community, by=None)
    user = account_of(stored(other))

    merge_members(kept, stored(other), reason=WHY, by=secretary)

    entry = merge_entry(kept)
    assert (entry.organization_id, entry.reason) == (branch.pk, WHY)
    assert entry.before == {"community": None, "user": None}
    assert entry.after == {
        "community": community.pk,
        "user": user.pk,
        "merged_record": str(other.pk),
        "followed": {"members.check_ins": [row.pk]},
    }
    shown = {line.after for line in present_entries([entry])[0].lines}
    assert {"李明", f"{CheckIn._meta.verbose_name} 1"} <= shown


def test_whoever_merged_two_records_closed_the_second_account(branch, secretary):
    kept, other = twice(branch, branch)
    account_of(kept)
    user = account_of(other)

    merge_members(stored(kept), stored(other), reason=WHY, by=secretary)

    closings = AuditEntry.objects.filter(
        subject_type="accounts.User",
        subject_id=user.pk,
        action="accounts.change_account",
    )
    assert closings.latest("pk").actor == secretary


@pytest.mark.parametrize("was_open", [True, False])
def test_undoing_opens_only_an_account_that_was_open(was_open, branch, secretary):
    kept, other = twice(branch, branch)
    account_of(kept)
    user = account_of(other)
    if not was_open:
        change_account(user, by=None, is_active=False)
    merge_members(stored(kept), stored(other), reason=WHY, by=secretary)

    undo_merge(other, reason="原来是两个人", by=secretary)

    assert stored(other).user == user
    assert type(user).objects.get(pk=user.pk).is_active == was_open
    assert AuditEntry.objects.filter(
        subject_type="members.Member",
        subject_id=kept.pk,
        action="members.undo_merge",
        before__merged_record=str(other.pk),
    ).exists()
