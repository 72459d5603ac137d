"""Who works elsewhere is entered at one place and checked in with another (S0-27)."""

import pytest
from django.urls import reverse

from members.enums import StartReason
from members.models import Member
from tests.factories.members import identity_number

pytestmark = pytest.mark.django_db


def admit(browser, branch, **changes):
    form = {
        "name": "王五",
        "id_number": identity_number(1),
        "standing": "full",
        "organization": branch.pk,
        "starts_on": "2026-06-01",
        "reason": StartReason.RECORDED,
        "confirmed": "on",
        **changes,
    }
    return browser.post(reverse("members:admit"), form)


@pytest.mark.parametrize(
    ("category", "is_checked_in"), [("in_service", True), ("resident", False)]
)
def test_a_chosen_community_is_kept_for_those_who_check_in(
    enter, staff, branch, west, category, is_checked_in
):
    admit(enter(staff), branch, category=category, community=west.pk)

    member = Member.objects.get()
    assert member.organization == branch
    assert (member.community == west) is is_checked_in


def test_nobody_checks_in_with_the_community_of_their_own_branch(browser, branch, east):
    admit(browser, branch, category="in_service", community=east.pk)

    assert Member.objects.get().community is None
