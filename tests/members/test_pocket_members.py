"""Members whom nobody manages: found in the records, each with why, and settled."""

import datetime as dt

import pytest
from django.urls import reverse

from cases.enums import CaseState
from communities.enums import Presence
from communities.models import Attendance
from core.months import months_before, today
from core.registries.timeline import timeline_of
from core.registries.todos import todos_for
from figures.definitions import indicators
from members.actions import (
    end_membership,
    expire_letters,
    move_member,
    record_mobile,
    report_lost_contact,
    settle_pocket_member,
    take_pocket_member,
)
from members.enums import Category, EndReason, MobileKind, PocketOutcome, PocketReason
from members.errors import IsManaged, OutcomeNotOnRecord, SettledBefore
from members.invariants import find_torn_pocket_cases
from members.models import PocketMember, Transfer
from members.unmanaged import find_unmanaged
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.communities import MeetingFactory
from tests.factories.members import (
    CheckInFactory,
    MemberFactory,
    PocketMemberFactory,
    TransferFactory,
)
from tests.factories.organizations import BranchFactory

BACKEND = "accounts.backends.UsernameOrPhone"
LONG_AGO = dt.date(2025, 2, 3)
pytestmark = pytest.mark.django_db


def found(user):
    """Who is listed for somebody, by name, and why."""
    return {line.member.name: line.why for line in find_unmanaged(user)}


def with_letter(branch, name, *, days_ago):
    """A member whose letter was issued so many days ago."""
    member = MemberFactory(organization=branch, name=name)
    on = today() - dt.timedelta(days=days_ago)
    TransferFactory(member=member, issued=True, on=on)
    expire_letters()
    return member


@pytest.mark.mission("S1-17")
def test_whom_nobody_manages_is_found_with_the_reason(branch, east, secretary):
    with_letter(branch, "揣介绍信", days_ago=100)
    waiting = MemberFactory(organization=branch, name="待分配")
    record_mobile(waiting, kind=MobileKind.AWAITING, by=None, on=LONG_AGO)
    away = MemberFactory(organization=branch, name="无音信")
    record_mobile(away, kind=MobileKind.WORKING_AWAY, by=None, on=LONG_AGO)
    guest = MemberFactory(in_service=True, name="退休在此")
    CheckInFactory(member=guest, community=east, on=LONG_AGO)
    type(guest).objects.filter(pk=guest.pk).update(category=Category.RETIRED)

    assert found(secretary) == {
        "揣介绍信": PocketReason.LETTER,
        "待分配": PocketReason.AWAITING,
        "无音信": PocketReason.NO_CONTACT,
        "退休在此": PocketReason.NO_AFFILIATION,
    }


def test_whoever_is_taken_care_of_is_not_listed(branch, east, secretary):
    MemberFactory(organization=branch, name="在支部")
    with_letter(branch, "在途", days_ago=2)
    CheckInFactory(member__name="在职", community=east, on=LONG_AGO)
    searched = MemberFactory(organization=branch, name="正在查找")
    record_mobile(searched, kind=MobileKind.TALENT, by=None, on=LONG_AGO)
    report_lost_contact(searched, last_dues_on=LONG_AGO, by=None)
    lately = MemberFactory(organization=branch, name="新近外出")
    record_mobile(lately, kind=MobileKind.TALENT, by=None, on=months_before(today(), 2))
    graduate = MemberFactory(
        organization=branch,
        name="刚毕业",
        category=Category.AWAITING,
        starts_on=months_before(today(), 3),
    )
    dead = MemberFactory(organization=branch, name="已故", category=Category.AWAITING)
    end_membership(dead, reason=EndReason.DIED, by=None)

    assert (found(secretary), graduate.ended_on) == ({}, None)


def test_a_member_away_who_came_to_a_meeting_is_in_contact(branch, secretary):
    member = MemberFactory(organization=branch, name="回来开过会")
    record_mobile(member, kind=MobileKind.WORKING_AWAY, by=None, on=LONG_AGO)
    before = found(secretary)

    day = today() - dt.timedelta(days=20)
    meeting = MeetingFactory(organization=branch, held_on=day)
    Attendance.objects.create(
        meeting=meeting, member=member, presence=Presence.PRESENT, votes=True
    )

    assert (before, found(secretary)) == (
        {"回来开过会": PocketReason.NO_CONTACT},
        {},
    )


def test_others_see_nobody_of_another_street(branch, secretary):
    with_letter(branch, "揣介绍信", days_ago=100)
    elsewhere = holder(Role.CLERK, BranchFactory().parent)

    assert (len(found(secretary)), found(elsewhere)) == (1, {})


def test_taking_a_line_opens_a_case_once(branch, secretary, client):
    client.force_login(secretary, backend=BACKEND)
    member = with_letter(branch, "揣介绍信", days_ago=100)
    todo = next(t for t in todos_for(secretary, today()) if "pocket" in t.url)
    page = client.get(todo.url)

    client.post(reverse("members:take_pocket", args=[member.pk]))

    row = PocketMember.objects.get()
    assert (todo.count, page.status_code) == (1, 200)
    assert (row.member, row.why, row.case.owner) == (
        member,
        PocketReason.LETTER,
        secretary,
    )
    assert [line.row for line in find_unmanaged(secretary)] == [row]
    assert not [t for t in todos_for(secretary, today()) if "pocket" in t.url]
    client.post(reverse("members:take_pocket", args=[member.pk]))
    assert PocketMember.objects.count() == 1


def test_nobody_is_taken_up_who_is_managed(branch, secretary):
    with pytest.raises(IsManaged):
        take_pocket_member(MemberFactory(organization=branch), by=secretary)


@pytest.mark.parametrize(
    "outcome", [o for o in PocketOutcome if o != PocketOutcome.MANAGED]
)
def test_an_outcome_has_to_be_on_record(outcome, secretary):
    row = PocketMemberFactory()

    with pytest.raises(OutcomeNotOnRecord):
        settle_pocket_member(row, outcome=outcome, by=secretary)


def test_it_ends_as_transferred_mobile_or_lost(branch, secretary):
    moved, mobile, lost = (
        PocketMemberFactory(member__organization=branch) for _n in range(3)
    )
    move_member(moved.member, BranchFactory(parent=branch.parent), by=None)
    record_mobile(mobile.member, kind=MobileKind.TALENT, by=None)
    report_lost_contact(lost.member, last_dues_on=LONG_AGO, by=None)

    for row, outcome in (
        (moved, PocketOutcome.TRANSFERRED),
        (mobile, PocketOutcome.MOBILE),
        (lost, PocketOutcome.LOST),
    ):
        settle_pocket_member(row, outcome=outcome, by=secretary)

    rows = PocketMember.objects.select_related("case")
    assert {(r.outcome, r.case.state) for r in rows} == {
        (outcome, CaseState.ANSWERED) for outcome in ("transferred", "mobile", "lost")
    }
    assert list(find_torn_pocket_cases()) == []
    with pytest.raises(SettledBefore):
        settle_pocket_member(moved, outcome=PocketOutcome.MANAGED, by=secretary)


def test_the_end_of_the_membership_settles_it(secretary):
    row = PocketMemberFactory()

    end_membership(row.member, reason=EndReason.DIED, by=secretary)

    row = PocketMember.objects.select_related("case").get()
    assert (row.outcome, row.case.state) == (PocketOutcome.GONE, CaseState.ANSWERED)


def test_whoever_proves_to_be_managed_leaves_the_list(branch, secretary):
    member = with_letter(branch, "原单位管理", days_ago=100)
    row = take_pocket_member(member, by=secretary)

    settle_pocket_member(
        row, outcome=PocketOutcome.MANAGED, note="原单位来函确认", by=secretary
    )

    assert found(secretary) == {}
    assert Transfer.objects.expired().count() == 1


def test_it_is_counted_and_stands_on_the_timeline(branch, secretary):
    row = PocketMemberFactory(member__organization=branch)
    figure = indicators.get("members_pocket")
    month = today().replace(day=1)
    before = figure.measure(figure.rows_within(branch, month))

    settle_pocket_member(
        row, outcome=PocketOutcome.MANAGED, note="原单位", by=secretary
    )

    after = figure.measure(figure.rows_within(branch, month))
    events = [e for e in timeline_of(row.member, secretary) if "/cases/" in e.url]
    assert (before, after, len(events)) == (1, 0, 2)


def test_the_case_shows_why_and_leads_to_the_outcome(branch, secretary, client):
    client.force_login(secretary, backend=BACKEND)
    row = PocketMemberFactory(member__organization=branch)
    settle = reverse("members:settle_pocket", args=[row.pk])

    page = client.get(row.get_absolute_url())
    client.post(settle, {"outcome": "managed", "note": "原单位"})

    row.refresh_from_db()
    assert settle in page.content.decode()
    assert row.outcome == PocketOutcome.MANAGED
