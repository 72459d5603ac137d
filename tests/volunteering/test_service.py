"""Recording hours, and the second person who confirms them."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from core.errors import ConstraintViolated
from organizations.actions import set_threshold
from organizations.models import RecountRequest
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import closed
from tests.factories.volunteering import (
    ClaimFactory,
    ServiceRecordFactory,
    ShiftFactory,
    at,
)
from tests.messages import rule
from volunteering.actions import (
    Attended,
    confirm_service,
    confirm_services,
    mark_missed,
    record_attendance,
    record_service,
    return_service,
    withdraw_claim,
)
from volunteering.enums import ClaimState, RecordState
from volunteering.errors import (
    ClaimWithdrawn,
    NeedsAnotherPerson,
    NotServedYet,
    ServiceConfirmed,
    ServiceNotSubmitted,
    ServiceRecorded,
    ShiftNotStarted,
    TooManyHours,
    WithdrawalDeadlinePassed,
)
from volunteering.models import Claim

pytestmark = pytest.mark.django_db
TWO = Decimal("2.0")
MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)


@pytest.fixture
def claim(east):
    """A claim at 东社区 whose day, 10 March 2026, has gone by."""
    return ClaimFactory(past=True, shift__post__organization=east)


def test_a_member_records_their_own_hours(claim):
    user = account_of(claim.member)

    record = record_service(claim, by=user, hours=TWO)

    assert (record.member, record.community) == (
        claim.member,
        claim.shift.post.organization,
    )
    assert (record.served_on, record.state, record.month) == (
        dt.date(2026, 3, 10),
        RecordState.SUBMITTED,
        None,
    )


@pytest.mark.mission("S0-24")
def test_confirmed_hours_count_in_the_month_of_service(claim, clerk, secretary):
    record = record_service(claim, by=clerk, hours=TWO)

    confirmed = confirm_service(record, by=secretary)

    assert (confirmed.state, confirmed.month) == (RecordState.CONFIRMED, MARCH)
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.SERVED


def test_hours_confirmed_after_closing_count_in_the_first_open_month(
    claim, clerk, secretary, east
):
    record = record_service(claim, by=clerk, hours=TWO)
    closed(east, MARCH)

    confirmed = confirm_service(record, by=secretary)

    assert confirmed.month == APRIL


def test_confirming_leaves_one_audit_entry_and_one_mark(claim, clerk, secretary):
    record = record_service(claim, by=clerk, hours=TWO)
    before = AuditEntry.objects.count(), RecountRequest.objects.count()

    confirm_service(record, by=secretary)

    assert AuditEntry.objects.count() - before[0] == 1
    assert RecountRequest.objects.count() - before[1] == 1


def test_confirming_twice_is_confirming_once(claim, clerk, secretary):
    record = record_service(claim, by=clerk, hours=TWO)
    confirm_service(record, by=secretary)
    before = AuditEntry.objects.count()

    confirm_service(record, by=secretary)

    assert AuditEntry.objects.count() == before


def test_who_recorded_the_hours_does_not_confirm_them(claim, secretary):
    record = record_service(claim, by=secretary, hours=TWO)

    with pytest.raises(NeedsAnotherPerson):
        confirm_service(record, by=secretary)


def test_nobody_confirms_their_own_service(claim, clerk):
    record = record_service(claim, by=clerk, hours=TWO)

    with pytest.raises(NeedsAnotherPerson):
        confirm_service(record, by=account_of(claim.member))


def test_nothing_is_recorded_before_the_shift_begins(clerk):
    claim = ClaimFactory()

    with pytest.raises(NotServedYet):
        record_service(claim, by=clerk, hours=TWO)


def test_nothing_is_recorded_for_a_withdrawn_claim(claim, clerk):
    withdraw_claim(claim, by=None, at=at(dt.date(2026, 3, 5)))

    with pytest.raises(ClaimWithdrawn):
        record_service(claim, by=clerk, hours=TWO)


@pytest.mark.parametrize("hours", ["0", "24.5", "-1"])
def test_hours_are_those_of_one_day(claim, clerk, hours):
    with pytest.raises(ConstraintViolated, match=rule("servicerecord_hours_of_a_day")):
        record_service(claim, by=clerk, hours=Decimal(hours))


def test_nobody_serves_longer_than_the_shift_but_for_a_little(claim, clerk):
    record = record_service(claim, by=clerk, hours=Decimal("2.5"))

    with pytest.raises(TooManyHours, match=r"最多可登记2\.5小时"):
        record_service(claim, by=clerk, hours=Decimal("2.6"))

    assert type(record).objects.get().hours == Decimal("2.5")


def test_how_long_one_may_stay_on_is_a_number_of_the_rules(claim, clerk):
    set_threshold(
        by=None, key="service_overrun", value=0, starts_on=dt.date(2026, 3, 1)
    )

    with pytest.raises(TooManyHours):
        record_service(claim, by=clerk, hours=Decimal("2.1"))


def test_who_did_not_come_is_no_withdrawal(claim, clerk):
    missed = mark_missed(claim, by=clerk)

    entry = AuditEntry.objects.about(claim)[0]
    assert (missed.state, missed.withdrawn_at) == (ClaimState.MISSED, None)
    assert (entry.action, entry.actor) == ("volunteering.mark_missed", clerk)
    assert type(claim.shift).objects.get().claimed == 1
    assert list(Claim.objects.unrecorded()) == []


def test_saying_twice_that_somebody_did_not_come_is_saying_it_once(claim, clerk):
    mark_missed(claim, by=clerk)
    before = AuditEntry.objects.count()

    mark_missed(claim, by=clerk)

    assert AuditEntry.objects.count() == before


def test_hours_recorded_later_show_that_the_member_came_after_all(
    claim, clerk, secretary
):
    mark_missed(claim, by=clerk)

    record = record_service(claim, by=clerk, hours=TWO)

    assert Claim.objects.get().state == ClaimState.ACTIVE
    assert confirm_service(record, by=secretary).state == RecordState.CONFIRMED


def test_nobody_has_failed_to_come_before_the_shift(clerk):
    with pytest.raises(ShiftNotStarted):
        mark_missed(ClaimFactory(), by=clerk)


def test_whose_hours_are_recorded_has_come(claim, clerk):
    record_service(claim, by=clerk, hours=TWO)

    with pytest.raises(ServiceRecorded):
        mark_missed(claim, by=clerk)


def test_a_claim_is_not_withdrawn_once_the_shift_has_begun(claim, clerk):
    with pytest.raises(WithdrawalDeadlinePassed):
        withdraw_claim(claim, by=clerk)

    assert Claim.objects.get().state == ClaimState.ACTIVE


def test_everybody_of_a_shift_is_recorded_or_nobody(east, clerk):
    shift = ShiftFactory(post__organization=east, day=dt.date(2026, 3, 10))
    first, second = (
        ClaimFactory(shift=shift, at=at(dt.date(2026, 3, 2))) for _ in range(2)
    )
    wrong = [Attended(first, None), Attended(second, Decimal(24))]

    with pytest.raises(TooManyHours):
        record_attendance(wrong, by=clerk)
    states = set(Claim.objects.values_list("state", flat=True))
    record_attendance([Attended(first, None), Attended(second, TWO)], by=clerk)

    assert states == {ClaimState.ACTIVE}
    assert Claim.objects.get(pk=first.pk).state == ClaimState.MISSED
    assert second.record.hours == TWO


def test_hours_may_be_corrected_until_they_are_confirmed(claim, clerk):
    record_service(claim, by=clerk, hours=TWO)

    record = record_service(claim, by=clerk, hours=Decimal("1.5"))

    assert (record.hours, claim.record.pk) == (Decimal("1.5"), record.pk)


def test_confirmed_hours_are_not_recorded_over(claim, clerk, secretary):
    confirm_service(record_service(claim, by=clerk, hours=TWO), by=secretary)

    with pytest.raises(ServiceConfirmed):
        record_service(claim, by=clerk, hours=TWO)


def test_a_returned_record_says_why_and_can_be_handed_in_again(claim, clerk, secretary):
    record = record_service(claim, by=clerk, hours=TWO)

    returned = return_service(record, by=secretary, reason="时长有误")
    again = record_service(claim, by=clerk, hours=Decimal("1.0"))

    assert (returned.state, returned.return_reason) == (
        RecordState.RETURNED,
        "时长有误",
    )
    assert (again.state, again.return_reason) == (RecordState.SUBMITTED, "")


def test_a_returned_record_is_not_confirmed(claim, clerk, secretary):
    record = record_service(claim, by=clerk, hours=TWO)
    return_service(record, by=secretary, reason="时长有误")

    with pytest.raises(ServiceNotSubmitted):
        confirm_service(record, by=secretary)


def test_confirmed_hours_are_not_returned(claim, clerk, secretary):
    record = confirm_service(record_service(claim, by=clerk, hours=TWO), by=secretary)

    with pytest.raises(ServiceConfirmed):
        return_service(record, by=secretary, reason="时长有误")


def test_one_refused_record_stops_no_other(east, clerk, secretary):
    good = ServiceRecordFactory(
        claim__shift__post__organization=east, claim__past=True, by=clerk
    )
    own = ServiceRecordFactory(
        claim__shift__post__organization=east, claim__past=True, by=secretary
    )

    outcome = confirm_services([own, good], by=secretary)

    assert (outcome.confirmed, len(outcome.refusals)) == (1, 1)
    assert own.member.name in str(outcome.refusals[0])


def test_each_of_several_confirmations_is_an_action(clerk, secretary, east):
    records = ServiceRecordFactory.create_batch(
        3, claim__shift__post__organization=east, claim__past=True, by=clerk
    )
    before = AuditEntry.objects.count()

    confirm_services(records, by=secretary)

    assert AuditEntry.objects.count() - before == 3


def test_service_is_seen_by_the_member_and_the_community(
    claim, clerk, secretary, stranger
):
    record = record_service(claim, by=clerk, hours=TWO)
    rows = type(record).objects

    assert list(rows.managed_by(secretary)) == [record]
    assert list(rows.visible_to(account_of(claim.member))) == [record]
    assert list(rows.visible_to(stranger)) == []
    assert list(rows.visible_to(account_of(MemberFactory()))) == []


def test_an_absence_that_was_none_is_taken_back_in_the_log(secretary):
    claim = ClaimFactory(past=True)

    mark_missed(claim, by=secretary)
    record_service(claim, by=secretary, hours=TWO)

    label = Claim._meta.label
    of_claim = AuditEntry.objects.filter(subject_type=label, subject_id=claim.pk)
    entries = of_claim.filter(before__has_key="state").order_by("pk")
    assert [
        (entry.before["state"], entry.after["state"], entry.actor_id)
        for entry in entries
    ] == [
        (ClaimState.ACTIVE, ClaimState.MISSED, secretary.pk),
        (ClaimState.MISSED, ClaimState.ACTIVE, secretary.pk),
    ]
