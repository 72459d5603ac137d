"""Office accounts that nobody uses are closed, and those concerned get a notice."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import update_last_login

from accounts.actions import change_account, close_unused_accounts
from accounts.models import AuditEntry, User
from core.registries.chores import chores
from organizations.roles import Role
from tests.factories.accounts import UserFactory, holder
from tests.factories.members import MemberFactory, account_of

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
REASON = "回到原岗位"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moving:
        yield moving


def sign_in(user):
    """Have the user sign in today."""
    update_last_login(None, user)


def is_open(user):
    return User.objects.get(pk=user.pk).is_active


def test_office_accounts_unused_for_ninety_days_are_closed(clock, staff, secretary):
    sign_in(staff)
    clock.shift(dt.timedelta(days=60))
    sign_in(secretary)
    clock.shift(dt.timedelta(days=31))

    closed = close_unused_accounts()

    assert (closed, is_open(staff), is_open(secretary)) == (1, False, True)
    entry = AuditEntry.objects.about(staff)[0]
    assert (entry.action, entry.after) == (
        "accounts.close_unused_account",
        {"is_active": False},
    )


def test_an_account_that_nobody_ever_opened_is_closed_too(clock, db):
    never = UserFactory()
    clock.shift(dt.timedelta(days=89))
    assert close_unused_accounts() == 0
    clock.shift(dt.timedelta(days=2))

    assert (close_unused_accounts(), is_open(never)) == (1, False)


def test_members_who_serve_twice_a_year_keep_their_accounts(clock, branch):
    member = account_of(MemberFactory(organization=branch))
    clock.shift(dt.timedelta(days=200))

    assert (close_unused_accounts(), is_open(member)) == (0, True)


def test_the_holder_and_the_system_administrators_are_told(clock, staff):
    clock.shift(dt.timedelta(days=91))
    admin = holder(Role.SYSTEM_ADMIN)

    close_unused_accounts()

    assert ["90 天" in notice.text for notice in staff.notices.all()] == [True]
    assert [str(staff) in notice.text for notice in admin.notices.all()] == [True]


def test_an_account_that_is_opened_again_stays_open_for_another_term(clock, staff):
    clock.shift(dt.timedelta(days=91))
    close_unused_accounts()
    change_account(staff, by=None, is_active=True)
    clock.shift(dt.timedelta(days=89))

    assert (close_unused_accounts(), is_open(staff)) == (0, True)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_the_last_administrator_of_a_kind_is_not_closed(clock, db, role):
    first, second = holder(role), holder(role)
    clock.shift(dt.timedelta(days=91))

    close_unused_accounts()

    assert (is_open(first), is_open(second)) == (False, True)


def test_it_happens_every_night():
    chore = chores.get("accounts.close_unused")

    assert (chore.run, chore.daily_at is not None) == (close_unused_accounts, True)
