"""Members who settled abroad, or study there for years (R-25, R-24)."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions.roll import has_vote
from core.months import months_after, months_before, today
from core.registries.timeline import timeline_of
from core.registries.todos import todo_sources
from members.actions import (
    log_contact,
    record_contact,
    record_mobile,
    remove_lost_member,
    report_abroad,
    suspend_membership,
)
from members.enums import EndReason, LostGround, LostState, MobileKind
from members.errors import OtherDecisionForStanding, TooEarlyToDecide
from members.invariants.records import find_wrong_terms_of_searches
from members.lost_contacts.marks import states_on
from members.models import LostContact
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def abroad(branch, months, ground=LostGround.SETTLED, **values):
    """The case of a member of the branch who left the country some months ago."""
    member = MemberFactory(organization=branch, **values)
    return report_abroad(
        member, ground=ground, since=months_before(today(), months), by=None
    )


def suspend(row, **values):
    return suspend_membership(row, number="党工〔2026〕7号", by=None, **values)


@pytest.mark.mission("S2-42")
def test_a_secretary_reports_who_settled_abroad_and_records_the_suspension(
    client, secretary, branch
):
    member = MemberFactory(organization=branch)
    since = months_before(today(), 8)
    record_mobile(member, kind=MobileKind.TALENT, by=None, on=since)
    client.force_login(secretary)
    path = reverse("members:report_abroad", args=[member.pk])
    assert path in client.get(member.get_absolute_url()).content.decode()
    key = client.get(path).context["form"]["idempotency_key"].value()

    answer = client.post(
        path, {"idempotency_key": key, "ground": "settled", "since": f"{since}"}
    )

    row = LostContact.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.state, row.decide_from) == (LostState.ABROAD, since)
    (todo,) = todo_sources.get("members.lost_contacts").find(secretary, today())
    assert todo.count == 1
    page = client.get(row.get_absolute_url()).content.decode()
    assert reverse("members:suspend", args=[row.pk]) in page
    suspend(row, on=today())
    row.refresh_from_db()
    assert (row.state, row.remove_from) == (LostState.SUSPENDED, None)
    assert list(find_wrong_terms_of_searches()) == []


def test_a_student_abroad_is_decided_on_after_the_years_of_the_rule(branch):
    row = abroad(branch, 24, LostGround.STUDY)
    assert row.decide_from == months_after(row.lost_on, 60)
    with pytest.raises(TooEarlyToDecide):
        suspend(row, on=today())

    Threshold.objects.filter(key=ThresholdKey.STUDY_ABROAD_MONTHS).update(value=12)
    earlier = abroad(branch, 24, LostGround.STUDY)

    assert suspend(earlier, on=today()).state == LostState.SUSPENDED


def test_who_is_suspended_abroad_has_no_vote_and_is_not_removed(branch):
    row = abroad(branch, 30)
    member = row.member
    assert has_vote(member, today(), states_on([member.pk], today()).get(member.pk))
    suspend(row, on=today())

    state = states_on([member.pk], today()).get(member.pk)
    assert not has_vote(member, today(), state)
    with pytest.raises(OtherDecisionForStanding):
        remove_lost_member(row, on=today(), number="9号", by=None)


def test_a_probationary_membership_is_cancelled(branch):
    row = abroad(branch, 1, standing="probationary")
    with pytest.raises(OtherDecisionForStanding):
        suspend(row, on=today())

    remove_lost_member(row, on=today(), number="9号", by=None)

    row.member.refresh_from_db()
    assert row.member.end_reason == EndReason.STRUCK_OFF


def test_a_call_does_not_end_the_case_and_the_return_lifts_the_suspension(
    secretary, branch
):
    row = abroad(branch, 30)
    log_contact(row.member, way="phone", by=None)
    row.refresh_from_db()
    assert row.state == LostState.ABROAD
    suspend(row, on=today() - dt.timedelta(days=1))

    record_contact(row, on=today(), number="10号", by=None)

    row.refresh_from_db()
    assert (row.state, row.contacted_on) == (LostState.FOUND, today())
    lines = [str(event.label) for event in timeline_of(row.member, secretary)]
    assert "从境外返回" in lines
