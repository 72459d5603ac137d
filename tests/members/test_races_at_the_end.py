"""A membership ends while something is entered for the member: nothing stays open."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from accounts.actions import assign_role, change_account
from accounts.models import User
from communities.actions import take_seat
from communities.enums import Filling
from core.errors import DomainError
from core.months import today
from members.actions import (
    check_in,
    end_membership,
    record_mobile,
    report_lost_contact,
)
from members.ends.closers import closers
from members.enums import EndReason, MobileKind
from members.models import Member
from organizations.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.communities import BodyFactory
from tests.factories.members import MemberFactory
from tests.stage import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Place:
    """Where the member belongs and lives, and the body with a vacant seat."""

    branch: Any
    west: Any
    body: Any


@pytest.fixture
def place(branch, east, west):
    return Place(branch, west, BodyFactory(organization=east))


@pytest.fixture
def li(branch):
    """李明 of the branch, who has an account."""
    return MemberFactory(name="李明", organization=branch, user=UserFactory())


def take(member, place):
    seat = place.body.seats.order_by("pk")[0]
    return take_seat(seat, by=None, channel=Filling.ELECTION, member=member)


def go_away(member, _place):
    day = today() - dt.timedelta(days=9)
    return record_mobile(member, kind=MobileKind.WORKING_AWAY, by=None, on=day)


def live_elsewhere(member, place):
    return check_in(member, place.west, by=None)


def be_lost(member, _place):
    return report_lost_contact(member, by=None, last_life_on=dt.date(2026, 1, 9))


def be_given_a_role(member, place):
    user = User.objects.get(pk=member.user_id)
    role = Role.BRANCH_SECRETARY
    return assign_role(user, role, by=None, organization=place.branch)


ENTRIES = {
    "communities.seats": take,
    "members.absences": go_away,
    "members.check_ins": live_elsewhere,
    "members.lost_contacts": be_lost,
    "accounts.roles": be_given_a_role,
}
ends = pytest.mark.parametrize("key", ENTRIES)


def end(member):
    return end_membership(member, reason=EndReason.DIED, by=None)


@ends
def test_what_is_entered_while_a_membership_ends_is_refused(key, li, place):
    outcome = race(lambda: end(li), lambda: ENTRIES[key](li, place))

    assert outcome.waited
    assert isinstance(outcome.refusal, DomainError)
    assert not closers.get(key).open_for(li).exists()


@ends
def test_a_membership_that_ends_meanwhile_closes_what_was_entered(key, li, place):
    outcome = race(lambda: ENTRIES[key](li, place), lambda: end(li))

    assert outcome.waited
    assert outcome.refusal is None
    assert Member.objects.get().ended_on == today()
    assert not closers.get(key).open_for(li).exists()


def test_the_account_of_a_former_member_is_not_opened_again(li):
    end(li)
    user = User.objects.get(pk=li.user_id)

    with pytest.raises(DomainError, match="李明"):
        change_account(user, by=None, is_active=True)

    assert not User.objects.get(pk=li.user_id).is_active
