"""Taking places and giving them back."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from members.actions import end_membership
from members.enums import EndReason
from organizations.enums import ThresholdKey
from organizations.models import RecountRequest, Threshold
from tests.factories.members import CheckInFactory, MemberFactory
from tests.factories.organizations import closed
from tests.factories.volunteering import (
    HOUR,
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
    at,
)
from volunteering.actions import (
    claim_shift,
    close_post,
    mark_missed,
    withdraw_claim,
)
from volunteering.enums import ClaimState
from volunteering.errors import (
    ClaimWithdrawn,
    DailyClaimLimitReached,
    NotCheckedIn,
    PostNotOpen,
    ServiceAlreadyRecorded,
    ShiftBegun,
    ShiftFull,
    ShiftsOverlap,
)
from volunteering.models import Claim, Shift

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 5, 1)


def taken(shift):
    return Shift.objects.get(pk=shift.pk).claimed


@pytest.fixture
def member(db):
    """李明 belongs to a branch."""
    return MemberFactory(name="李明")


def test_a_member_takes_a_place(member):
    shift = ShiftFactory()

    claim = claim_shift(shift, member=member, by=None)

    assert list(Claim.objects.holding()) == [claim]
    assert taken(shift) == 1


def test_claiming_twice_is_claiming_once(member):
    shift = ShiftFactory()
    first = claim_shift(shift, member=member, by=None)

    second = claim_shift(shift, member=member, by=None)

    assert (second, taken(shift)) == (first, 1)


def test_claiming_leaves_one_audit_entry_and_one_mark(member):
    shift = ShiftFactory()
    before = AuditEntry.objects.count(), RecountRequest.objects.count()

    claim_shift(shift, member=member, by=None)

    assert AuditEntry.objects.count() - before[0] == 1
    assert RecountRequest.objects.count() - before[1] == 1


def test_a_full_shift_refuses_the_next_member(member):
    shift = ShiftFactory(capacity=1)
    ClaimFactory(shift=shift)

    with pytest.raises(ShiftFull):
        claim_shift(shift, member=member, by=None)


def test_a_withdrawn_place_can_be_taken_again(member):
    shift = ShiftFactory(capacity=1)
    withdraw_claim(ClaimFactory(shift=shift), by=None)

    claim = claim_shift(shift, member=member, by=None)

    assert (claim.member, taken(shift)) == (member, 1)


def test_withdrawing_twice_is_withdrawing_once(member):
    claim = ClaimFactory(member=member)
    withdraw_claim(claim, by=None)
    before = AuditEntry.objects.count()

    withdraw_claim(claim, by=None)

    assert (taken(claim.shift), AuditEntry.objects.count()) == (0, before)


def test_the_same_member_may_come_back(member):
    claim = withdraw_claim(ClaimFactory(member=member), by=None)

    again = claim_shift(claim.shift, member=member, by=None)

    assert (again.pk == claim.pk, taken(claim.shift)) == (False, 1)


def test_a_refused_claim_takes_no_place(member):
    shift = ShiftFactory()
    close_post(shift.post, by=None, reason="结束")

    with pytest.raises(PostNotOpen):
        claim_shift(shift, member=member, by=None)

    assert taken(shift) == 0


def test_nobody_claims_a_draft(member):
    shift = ShiftFactory(post=PostFactory(draft=True))

    with pytest.raises(PostNotOpen):
        claim_shift(shift, member=member, by=None)


def test_nobody_joins_a_shift_that_has_begun(member):
    shift = ShiftFactory(starts_at=timezone.now() - HOUR)

    with pytest.raises(ShiftBegun):
        claim_shift(shift, member=member, by=None)


def test_nobody_is_in_two_places_at_once(member):
    first = ClaimFactory(member=member).shift
    second = ShiftFactory(starts_at=first.ends_at - HOUR / 2)

    with pytest.raises(ShiftsOverlap, match=first.post.title):
        claim_shift(second, member=member, by=None)


def test_one_shift_may_follow_upon_another(member):
    first = ClaimFactory(member=member).shift
    second = ShiftFactory(starts_at=first.ends_at)

    claim = claim_shift(second, member=member, by=None)

    assert claim.state == ClaimState.ACTIVE


def test_a_withdrawn_claim_hinders_nobody(member):
    first = withdraw_claim(ClaimFactory(member=member), by=None).shift
    second = ShiftFactory(starts_at=first.starts_at)

    claim = claim_shift(second, member=member, by=None)

    assert claim.state == ClaimState.ACTIVE


def test_one_day_has_a_limit_of_claims(member):
    most = Threshold.objects.on(ThresholdKey.CLAIMS_DAILY, timezone.localdate())
    for number in range(most):
        ClaimFactory(member=member, shift__hour=8 + 3 * number)

    with pytest.raises(DailyClaimLimitReached):
        ClaimFactory(member=member, shift__hour=20)


def test_yesterdays_claims_do_not_count_towards_todays_limit(member):
    most = Threshold.objects.on(ThresholdKey.CLAIMS_DAILY, timezone.localdate())
    yesterday = timezone.now() - dt.timedelta(days=1)
    for number in range(most):
        ClaimFactory(member=member, shift__hour=8 + 3 * number, at=yesterday)

    claim = ClaimFactory(member=member, shift__hour=20)

    assert claim.state == ClaimState.ACTIVE


def test_who_is_checked_in_nowhere_checks_in_first():
    member = MemberFactory(in_service=True)

    with pytest.raises(NotCheckedIn):
        ClaimFactory(member=member)


def test_who_has_left_the_party_claims_nothing(member):
    end_membership(member, reason=EndReason.EXPELLED, by=None)

    with pytest.raises(NotCheckedIn):
        ClaimFactory(member=member)


def test_an_in_service_member_who_checked_in_claims():
    member = CheckInFactory().member

    claim = ClaimFactory(member=member)

    assert claim.member == member


def test_a_claim_counts_in_its_month(member):
    claim = ClaimFactory(member=member, past=True)

    assert claim.month == MARCH


def test_a_claim_of_a_closed_month_counts_in_the_first_open_one(member, east):
    closed(east, MARCH)
    shift = ShiftFactory(post__organization=east, day=dt.date(2026, 3, 20))

    claim = claim_shift(shift, member=member, by=None, at=at(dt.date(2026, 3, 2)))

    assert claim.month == APRIL


def test_withdrawing_counts_no_earlier_than_the_claim(member, east):
    closed(east, MARCH)
    shift = ShiftFactory(post__organization=east, day=dt.date(2026, 3, 20))
    claim = claim_shift(shift, member=member, by=None, at=at(dt.date(2026, 3, 2)))

    given = withdraw_claim(claim, by=None, at=at(dt.date(2026, 3, 3)))

    assert given.withdrawn_month == APRIL


def test_a_claim_with_recorded_service_is_not_withdrawn():
    claim = ServiceRecordFactory().claim

    with pytest.raises(ServiceAlreadyRecorded):
        withdraw_claim(claim, by=None)


def test_claims_are_seen_by_the_member_and_by_the_posts_keepers(
    east, secretary, staff, stranger, member
):
    claim = ClaimFactory(member=member, shift__post__organization=east)

    assert list(Claim.objects.visible_to(secretary)) == [claim]
    assert list(Claim.objects.managed_by(staff)) == [claim]
    assert list(Claim.objects.visible_to(stranger)) == []


def test_not_coming_is_noted_once(member):
    claim = ClaimFactory(past=True, member=member)
    mark_missed(claim, by=None)
    before = AuditEntry.objects.count()

    mark_missed(claim, by=None)

    claim.refresh_from_db()
    assert claim.state == ClaimState.MISSED
    assert AuditEntry.objects.count() == before


def test_a_withdrawn_place_was_not_missed(member):
    claim = ClaimFactory(member=member)
    withdraw_claim(claim, by=None)

    with pytest.raises(ClaimWithdrawn):
        mark_missed(claim, by=None)
