"""Days that are asked about: a later organization life, a letter expired already."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.enums import MeetingKind
from core.months import today
from members.enums import TransferState
from members.models import LostContact, Transfer
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory, TransferFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MET = dt.date(2024, 5, 20)


@pytest.fixture
def member(branch):
    """A member who was at a meeting on 20 May 2024."""
    member = MemberFactory(organization=branch, name="李明")
    MeetingFactory(
        organization=branch, chair=member, kind=MeetingKind.MEMBERS, held_on=MET
    )
    return member


@pytest.fixture
def report(client, secretary, member):
    """Report the member as lost, with what is typed; the page that answers."""
    client.force_login(secretary)
    url = reverse("members:report_lost", args=[member.pk])
    return lambda **typed: client.post(url, typed, follow=True)


TYPED = {"last_life_on": "2023-06-20"}


@pytest.mark.parametrize("typed", [TYPED, {"last_dues_on": "2023-08-31"}])
def test_a_later_attendance_is_named_before_it_takes_the_place_of_what_was_typed(
    report, typed
):
    answer = report(**typed)

    assert "2024年5月20日" in str(answer.context["form"].non_field_errors())
    assert not LostContact.objects.exists()


def test_the_day_that_counts_is_named_afterwards(report):
    answer = report(**TYPED, confirmed="on")

    (message,) = answer.context["messages"]
    assert "2024年5月20日" in str(message)
    assert LostContact.objects.get().last_life_on == MET


@pytest.mark.parametrize("day", [MET, MET + DAY])
def test_a_day_that_the_minutes_do_not_pass_is_recorded_without_a_question(report, day):
    report(last_life_on=str(day))

    assert LostContact.objects.get().last_life_on == day


@pytest.fixture
def issue(client, branch, east, other_street):
    """Issue a letter so many days ago, for so many days; the page that answers."""
    letter = TransferFactory(member=MemberFactory(organization=branch), to=other_street)
    client.force_login(holder(Role.STREET_STAFF, east.parent))
    url = reverse("members:issue_letter", args=[letter.pk])

    def send(ago, days, **more):
        on = str(today() - ago * DAY)
        return client.post(url, {"on": on, "valid_days": days, **more})

    return send


def state():
    return Transfer.objects.get().state


def test_a_letter_that_has_expired_already_is_asked_about(issue):
    answer = issue(28, 10)

    asked = str(answer.context["form"].non_field_errors())
    assert "10天" in asked
    assert state() == TransferState.PROPOSED


def test_a_letter_handed_out_then_is_recorded_late(issue):
    issue(28, 10, confirmed="on")

    assert state() == TransferState.ISSUED


def test_a_letter_that_is_valid_today_for_the_last_time_is_issued(issue):
    issue(10, 10)

    assert state() == TransferState.ISSUED
