"""System, security and audit administration: three people, and never none."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.actions import assign_role, change_account, end_role_assignment
from accounts.errors import AdministratorHoldsOtherRole, LastAdministrator
from accounts.models import AuditEntry, RoleAssignment, User
from core.actors import scope_of
from core.months import today
from organizations.models import Organization
from organizations.roles import INSTALLATION, SUBTREE, Role
from tests.factories.accounts import UserFactory, holder
from tests.factories.organizations import LONG_AGO, UnitFactory

OFFICE = frozenset(Role) - {Role.MEMBER}
PAIRS = [
    (first, second)
    for first in sorted(OFFICE)
    for second in sorted(OFFICE)
    if first != second and INSTALLATION & {first, second}
]


def scope_for(role, east, unit):
    """Return the kind of scope that the role needs."""
    if role in SUBTREE:
        return {"organization": east}
    return {"unit": unit} if role == Role.LIAISON else {}


def is_refused(write, error):
    """Whether a write is refused with this error; nothing of it stays."""
    try:
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
    except error:
        return True
    return False


@pytest.fixture
def unit(east):
    return UnitFactory(host=east)


def test_the_database_refuses_each_administration_beside_another_role(east, unit):
    person = UserFactory()

    def hold_both(first, second):
        for role in (first, second):
            scope = scope_for(role, east, unit)
            RoleAssignment.objects.create(
                user=person, role=role, starts_on=LONG_AGO, **scope
            )

    held = [
        pair
        for pair in PAIRS
        if not is_refused(lambda pair=pair: hold_both(*pair), IntegrityError)
    ]

    assert held == []


def test_assigning_each_administration_beside_another_role_is_refused(east, unit):
    person = UserFactory()

    def assign_both(first, second):
        for role in (first, second):
            assign_role(person, role, by=None, **scope_for(role, east, unit))

    assigned = [
        pair
        for pair in PAIRS
        if not is_refused(
            lambda pair=pair: assign_both(*pair), AdministratorHoldsOtherRole
        )
    ]

    assert assigned == []


def test_an_administrator_may_be_a_member(db):
    admin = holder(Role.AUDITOR)

    assign_role(admin, Role.MEMBER, by=None)

    assert admin.role_assignments.count() == 2


def test_one_role_may_follow_the_other(east):
    person = holder(Role.SECRETARY, east)
    next_week = today() + dt.timedelta(days=7)
    role = person.role_assignments.get()

    end_role_assignment(role, by=None, reason="调岗", on=next_week)
    assign_role(person, Role.AUDITOR, by=None, starts_on=next_week)

    assert person.role_assignments.count() == 2


def test_the_database_refuses_to_move_a_role_into_an_administration_s_time(east):
    person = holder(Role.SECRETARY, east)
    next_week = today() + dt.timedelta(days=7)
    role = person.role_assignments.get()
    end_role_assignment(role, by=None, reason="调岗", on=next_week)
    assign_role(person, Role.AUDITOR, by=None, starts_on=next_week)

    with pytest.raises(IntegrityError, match="roleassignment_administrators_apart"):
        RoleAssignment.objects.filter(pk=role.pk).update(ends_on=None)


@pytest.mark.parametrize("administration", sorted(INSTALLATION))
def test_the_last_administrator_is_not_ended_without_a_successor(db, administration):
    admin = holder(administration)
    role = admin.role_assignments.get()

    with pytest.raises(LastAdministrator):
        end_role_assignment(role, by=admin, reason="退休")

    assert scope_of(User.objects.get(pk=admin.pk)).has_role({administration})


def test_a_closed_account_is_no_successor(db):
    admin, closed = holder(Role.SECURITY_ADMIN), holder(Role.SECURITY_ADMIN)
    change_account(closed, by=None, is_active=False)

    with pytest.raises(LastAdministrator):
        end_role_assignment(admin.role_assignments.get(), by=admin, reason="退休")

    assert admin.role_assignments.get().ends_on is None


def test_a_security_administrator_with_a_successor_ends_their_own_role(db):
    admin, successor = holder(Role.SECURITY_ADMIN), UserFactory()
    assign_role(successor, Role.SECURITY_ADMIN, by=admin)

    end_role_assignment(admin.role_assignments.get(), by=admin, reason="退休")

    assert scope_of(User.objects.get(pk=admin.pk)).grants == ()


@pytest.mark.parametrize("administration", sorted(INSTALLATION))
def test_the_last_administrator_s_account_is_not_closed(db, staff, administration):
    admin = holder(administration)

    with pytest.raises(LastAdministrator):
        change_account(admin, by=staff, is_active=False)

    assert User.objects.get(pk=admin.pk).is_active


@pytest.mark.parametrize("begun", [0, 1], ids=["begun today", "to begin tomorrow"])
def test_a_role_ended_before_it_lasted_a_day_is_void_at_once(staff, east, begun):
    starts_on = today() + dt.timedelta(days=begun)
    role = assign_role(
        UserFactory(), Role.CLERK, by=staff, organization=east, starts_on=starts_on
    )

    end_role_assignment(role, by=staff, reason="选错了人")

    held = User.objects.get(pk=role.user_id)
    voided = RoleAssignment.all_objects.get(pk=role.pk)
    assert scope_of(held).grants == ()
    assert (voided.void_reason, voided.voided_at is not None) == ("选错了人", True)
    assert list(RoleAssignment.objects.filter(pk=role.pk)) == []


def test_a_role_begun_earlier_ends_at_once(secretary):
    role = secretary.role_assignments.get()

    end_role_assignment(role, by=None, reason="调离")

    again = User.objects.get(pk=secretary.pk)
    assert (again.role_assignments.get().ends_on, scope_of(again).grants) == (
        today(),
        (),
    )


def test_a_void_role_counts_for_nothing(staff, east):
    person = UserFactory()
    holder(Role.AUDITOR)  # the last one would stay
    mistake = assign_role(person, Role.AUDITOR, by=None)
    end_role_assignment(mistake, by=None, reason="选错了角色")

    right = assign_role(person, Role.CLERK, by=staff, organization=east)

    assert person.role_assignments.get() == right
    assert list(Organization.objects.visible_to(person)) == [east]


def test_a_void_role_makes_nobody_visible(secretary, east):
    person = UserFactory()
    mistake = assign_role(person, Role.CLERK, by=None, organization=east)
    assert person in User.objects.visible_to(secretary)

    end_role_assignment(mistake, by=None, reason="选错了人")

    assert person not in User.objects.visible_to(secretary)
    assert person in User.objects.visible_to(holder(Role.SYSTEM_ADMIN))


def test_voiding_is_told_in_the_audit_log(staff, east):
    with time_machine.travel(dt.datetime(2026, 10, 8, 9, tzinfo=dt.UTC), tick=False):
        role = assign_role(UserFactory(), Role.CLERK, by=staff, organization=east)
        end_role_assignment(role, by=staff, reason="选错了人")

    entry = AuditEntry.objects.about(role)[0]
    assert (entry.action, entry.actor, entry.reason) == (
        "accounts.end_role_assignment",
        staff,
        "选错了人",
    )
    assert list(entry.after) == ["voided_at"]
    assert (entry.before["role"], entry.before["user"]) == (Role.CLERK, role.user_id)
