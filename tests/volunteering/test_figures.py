"""Figures, contacts, things to do and invariants over posts and service."""

import datetime as dt
from decimal import Decimal

import pytest

from core.db.triggers import suspend_triggers
from core.registries.timeline import timeline_of
from core.registries.todos import todos_for
from figures.definitions import indicators
from members.lost_contacts.contacts import last_contacts
from members.models import Member
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import closed
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
    at,
)
from volunteering.actions import (
    close_post,
    confirm_service,
    mark_missed,
    record_service,
    withdraw_claim,
)
from volunteering.enums import ClaimState
from volunteering.invariants import (
    find_claims_without_hours,
    find_hours_without_second_person,
    find_miscounted_shifts,
)
from volunteering.models import Claim, ServiceRecord, Shift
from volunteering.timeline import service_of
from volunteering.todos import of_keepers, of_members

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 5, 1)
TODAY = dt.date(2026, 6, 1)


def figure(key, node, month):
    indicator = indicators.get(key)
    return indicator.measure(indicator.rows_within(node, month))


def test_a_post_is_on_offer_from_its_opening_to_its_closing(east):
    post = PostFactory(organization=east, on=dt.date(2026, 3, 9))
    close_post(post, by=None, reason="结束", on=dt.date(2026, 5, 4))

    found = [figure("posts_open", east, month) for month in (MARCH, APRIL, MAY)]

    assert found == [1, 1, 0]


def test_a_post_of_the_neighbours_is_no_post_of_ones_own(east, west, street):
    PostFactory(organization=west, on=dt.date(2026, 3, 9))

    assert figure("posts_open", east, MARCH) == 0
    assert figure("posts_open", street, MARCH) == 1


def test_drafts_are_not_on_offer(east):
    PostFactory(organization=east, draft=True)

    assert figure("posts_open", east, MARCH) == 0


def test_claims_are_counted_in_the_month_in_which_they_are_made(east):
    ClaimFactory(past=True, shift__post__organization=east)

    assert figure("claims_made", east, MARCH) == 1
    assert figure("claims_made", east, APRIL) == 0


def test_a_claim_withdrawn_in_its_month_does_not_count(east):
    claim = ClaimFactory(past=True, shift__post__organization=east)
    withdraw_claim(claim, by=None, at=at(dt.date(2026, 3, 5)))

    assert figure("claims_made", east, MARCH) == 0


def test_a_claim_withdrawn_later_leaves_the_closed_month_as_it_was(east):
    claim = ClaimFactory(past=True, shift__post__organization=east)
    closed(east, MARCH)
    withdraw_claim(claim, by=None, at=at(dt.date(2026, 3, 5)))

    assert figure("claims_made", east, MARCH) == 1


def test_only_confirmed_hours_count(east):
    here = {"claim__past": True, "claim__shift__post__organization": east}
    ServiceRecordFactory(**here, hours=Decimal("1.5"))
    ServiceRecordFactory(**here, hours=Decimal("2.5"), confirmed=True)

    assert figure("service_hours", east, MARCH) == Decimal("2.5")


def test_posts_claims_and_hours_can_be_asked_of_a_project():
    sources = [
        indicators.get(key).source.project
        for key in ("posts_open", "claims_made", "service_hours")
    ]

    assert sources == [
        "project",
        "shift__post__project",
        "claim__shift__post__project",
    ]


def test_confirmed_service_proves_contact():
    confirmed = ServiceRecordFactory(confirmed=True)
    submitted = ServiceRecordFactory()

    found = last_contacts([confirmed.member_id, submitted.member_id])

    assert found == {confirmed.member_id: dt.date(2026, 3, 10)}


def test_a_keeper_is_notified_of_hours_others_recorded(east, secretary):
    here = {"claim__past": True, "claim__shift__post__organization": east}
    ServiceRecordFactory.create_batch(2, **here)
    ServiceRecordFactory(**here, by=secretary)

    found = [todo.count for todo in of_keepers(secretary, TODAY)]

    assert found == [2]


def test_a_keeper_is_notified_of_service_nobody_recorded(east, secretary):
    ClaimFactory.create_batch(2, past=True, shift__post__organization=east)
    ClaimFactory(past=True)

    found = [(todo.url, todo.count) for todo in of_keepers(secretary, TODAY)]

    assert found == [("/service/unrecorded/", 2)]


def test_who_did_not_come_has_still_claimed(east):
    claim = ClaimFactory(past=True, shift__post__organization=east)

    mark_missed(claim, by=None)

    assert figure("claims_made", east, MARCH) == 1


def test_a_keeper_with_nothing_to_confirm_gets_no_notice(secretary, officer):
    assert list(of_keepers(secretary, TODAY)) == []
    assert list(of_keepers(officer, TODAY)) == []


def test_a_member_is_reminded_of_their_next_shift():
    member = MemberFactory()
    later = ClaimFactory(member=member, shift__hour=14).shift
    soon = ClaimFactory(member=member, shift__hour=9).shift

    todos = todos_for(account_of(member), TODAY)

    assert [todo.due_on for todo in todos] == [soon.starts_at.date()]
    assert soon.post.title in todos[0].label
    assert later.post.title not in todos[0].label


def test_a_member_is_reminded_of_hours_not_recorded_yet():
    claim = ClaimFactory(past=True)

    todos = list(of_members(account_of(claim.member), TODAY))

    assert [(todo.count, todo.url) for todo in todos] == [(1, "/me/service/")]


def test_a_sound_installation_breaks_no_invariant():
    ServiceRecordFactory(confirmed=True)
    withdraw_claim(ClaimFactory(), by=None)

    broken = [
        *find_miscounted_shifts(),
        *find_hours_without_second_person(),
        *find_claims_without_hours(),
    ]

    assert broken == []


def test_a_wrong_counter_is_found():
    shift = ShiftFactory()
    Shift.objects.filter(pk=shift.pk).update(claimed=1)

    assert list(find_miscounted_shifts()) == [f"shift {shift.pk}: claimed 1, claims 0"]


def test_hours_confirmed_by_who_served_them_are_found():
    record = ServiceRecordFactory(confirmed=True)
    user = account_of(Member.objects.get(pk=record.member_id))
    with suspend_triggers(ServiceRecord):
        ServiceRecord.objects.filter(pk=record.pk).update(confirmed_by=user)

    assert list(find_hours_without_second_person()) == [f"service record {record.pk}"]


def test_a_served_claim_without_hours_is_found():
    claim = ClaimFactory()
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.SERVED)

    assert list(find_claims_without_hours()) == [f"claim {claim.pk}"]


def test_confirmed_hours_without_a_served_claim_are_found(east, secretary):
    clerk = holder(Role.CLERK, east)
    claim = ClaimFactory(past=True, shift__post__organization=east)
    record = record_service(claim, by=clerk, hours=Decimal(2))
    confirm_service(record, by=secretary)
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.ACTIVE)

    assert list(find_claims_without_hours()) == [f"claim {claim.pk}"]


def test_confirmed_service_is_in_the_members_timeline(east, secretary):
    here = {"claim__past": True, "claim__shift__post__organization": east}
    record = ServiceRecordFactory(**here, confirmed=True)

    found = timeline_of(record.member, secretary)

    assert [(e.day, e.url) for e in found if "2.0" in e.label] == [
        (dt.date(2026, 3, 10), record.get_absolute_url())
    ]


def test_service_is_no_part_of_the_timeline_for_strangers(east, stranger):
    here = {"claim__past": True, "claim__shift__post__organization": east}
    record = ServiceRecordFactory(**here, confirmed=True)

    assert list(service_of(record.member, stranger)) == []
