"""A form that is sent after what it is about has ended is answered in words."""

import pytest
from django.urls import reverse

from members.actions import check_out, end_membership
from members.enums import EndReason, LeaveReason
from members.errors import MembershipEnded, NotCheckedIn
from tests.factories.members import MemberFactory
from tests.members.test_check_out import guest
from tests.messages import refusal_of, says

__all__ = ["guest"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, secretary):
    """The browser of the secretary of 东社区."""
    client.force_login(secretary)
    return client


@pytest.fixture
def checked_out(guest, desk):
    """A guest whose check-in has ended since the form was opened, with its address."""
    url = reverse("members:check_out", args=[guest.pk])
    form = desk.get(url).context["form"]
    check_out(
        guest.check_ins.get(ends_on=None), by=None, reason=LeaveReason.OUT_OF_SERVICE
    )
    return url, {"version_token": form["version_token"].value()}


def test_a_check_out_sent_a_second_time_is_refused_in_words(desk, guest, checked_out):
    url, token = checked_out
    typed = {"reason": LeaveReason.MOVED_AWAY, "on": "2026-05-01", **token}

    answer = desk.post(url, typed, follow=True)

    assert says(answer.content.decode(), refusal_of(NotCheckedIn))
    kept = guest.check_ins.order_by("pk").last()
    assert kept.end_reason == LeaveReason.OUT_OF_SERVICE


def test_a_check_out_opened_after_it_was_done_says_so(desk, checked_out):
    url, _token = checked_out

    answer = desk.get(url, follow=True)

    assert says(answer.content.decode(), refusal_of(NotCheckedIn))


def test_a_slip_for_one_whose_membership_has_ended_is_refused_in_words(desk, branch):
    member = MemberFactory(organization=branch)
    end_membership(member, reason=EndReason.DIED, by=None)

    answer = desk.post(reverse("members:slip", args=[member.pk]), follow=True)

    assert says(answer.content.decode(), refusal_of(MembershipEnded))
    assert member.user is None
