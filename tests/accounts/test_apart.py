"""Roles that one person never holds together, whatever code writes the rows."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import RoleAssignment, SignInLock, User
from core.db.constraint_errors import translate_integrity_errors
from core.db.constraints import check_many, validate
from core.db.triggers import suspend_triggers
from core.errors import ConstraintViolated
from core.months import today
from organizations.roles import INSTALLATION, Role
from tests.factories.accounts import UserFactory
from tests.stage import race

BEFORE = import_module("accounts.migrations.0012_rows_of_before")
DAY = dt.timedelta(days=1)


def write(user, role, *, organization=None, starts_on=None, ends_on=None):
    """Write a role past action and validation."""
    row = RoleAssignment(
        user=user,
        role=role,
        organization=organization,
        starts_on=starts_on or today(),
        ends_on=ends_on,
    )
    RoleAssignment.objects.bulk_create([row])
    return row


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", sorted(INSTALLATION))
def test_two_raw_transactions_do_not_give_one_person_two_administrations(role):
    user = UserFactory()
    other = min(INSTALLATION - {role})

    result = race(lambda: write(user, role), lambda: write(user, other))

    assert result.waited
    assert isinstance(result.refusal, IntegrityError)
    assert [r.role for r in RoleAssignment.objects.filter(user=user)] == [role]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_raw_transactions_do_not_join_administration_and_office(east):
    user = UserFactory()

    result = race(
        lambda: write(user, Role.SECRETARY, organization=east),
        lambda: write(user, Role.AUDITOR),
    )

    assert isinstance(result.refusal, IntegrityError)
    assert RoleAssignment.objects.filter(user=user).count() == 1


PAIRS = {
    "another administration": (Role.AUDITOR, False),
    "an office": (Role.SECRETARY, True),
}


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize(("role", "placed"), PAIRS.values(), ids=PAIRS)
def test_a_row_beside_an_administration_is_refused_in_words(east, role, placed):
    user = UserFactory()
    write(user, Role.SYSTEM_ADMIN)
    organization = east if placed else None
    row = RoleAssignment(
        user=user, role=role, organization=organization, starts_on=today()
    )

    with pytest.raises(ConstraintViolated, match="管理员不得兼任"):
        validate(row)
    with pytest.raises(DatabaseError), transaction.atomic():
        RoleAssignment.objects.bulk_create([row])


@pytest.mark.both
@pytest.mark.django_db
def test_what_does_not_meet_on_a_day_or_is_no_office_is_taken(east):
    user = UserFactory()
    write(user, Role.SYSTEM_ADMIN, starts_on=today() - 9 * DAY, ends_on=today())
    fitting = [
        RoleAssignment(user=user, role=Role.MEMBER, starts_on=today() - 9 * DAY),
        RoleAssignment(
            user=user, role=Role.CLERK, organization=east, starts_on=today()
        ),
    ]

    assert check_many(fitting) == [[], []]
    RoleAssignment.objects.bulk_create(fitting)


@pytest.mark.both
@pytest.mark.django_db
def test_of_two_new_rows_that_do_not_go_together_the_later_is_refused():
    user = UserFactory()
    rows = [
        RoleAssignment(user=user, role=role, starts_on=today())
        for role in (Role.SYSTEM_ADMIN, Role.AUDITOR)
    ]

    first, second = check_many(rows)

    assert (first, bool(second)) == ([], True)


LINES = {
    "at one organization": lambda east, _street: (east, east),
    "above": lambda east, street: (east, street),
    "below": lambda east, street: (street, east),
}


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("line", LINES)
def test_the_database_knows_accountant_and_cashier_of_one_money(east, street, line):
    user = UserFactory()
    one, other = LINES[line](east, street)
    write(user, Role.ACCOUNTANT, organization=one)

    with (
        pytest.raises(ConstraintViolated, match="会计"),
        translate_integrity_errors(),
        transaction.atomic(),
    ):
        write(user, Role.CASHIER, organization=other)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("line", LINES)
def test_two_raw_transactions_do_not_join_accountant_and_cashier(east, street, line):
    user = UserFactory()
    one, other = LINES[line](east, street)

    result = race(
        lambda: write(user, Role.ACCOUNTANT, organization=one),
        lambda: write(user, Role.CASHIER, organization=other),
    )

    assert result.waited
    assert isinstance(result.refusal, IntegrityError)
    assert [r.role for r in RoleAssignment.objects.filter(user=user)] == [
        Role.ACCOUNTANT
    ]


@pytest.mark.both
@pytest.mark.django_db
def test_one_of_two_money_roles_that_came_together_can_still_be_ended(east, street):
    user = UserFactory()
    with suspend_triggers(RoleAssignment):
        write(user, Role.ACCOUNTANT, organization=east, starts_on=today() - 9 * DAY)
        cashier = write(
            user, Role.CASHIER, organization=street, starts_on=today() - 9 * DAY
        )

    RoleAssignment.objects.filter(pk=cashier.pk).update(ends_on=today() + DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.filter(pk=cashier.pk).update(ends_on=None)


@pytest.mark.both
@pytest.mark.django_db
def test_a_void_money_role_stands_against_no_other(east, street):
    user = UserFactory()
    void = write(user, Role.ACCOUNTANT, organization=east)
    void.save(update_fields=void.void("录入有误"))

    write(user, Role.CASHIER, organization=street)

    assert [r.role for r in user.role_assignments.all()] == [Role.CASHIER]


PHONES = ("13912345678", "8613912345678", "+8613912345678", "008613912345678")
NAMES = ("1391234567", "139123456789", "12912345678", "1391234567a", "a13912345678")


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("name", PHONES)
def test_the_database_takes_no_phone_for_a_username(name):
    user = UserFactory()

    with (
        pytest.raises(ConstraintViolated, match="手机号码"),
        translate_integrity_errors(),
        transaction.atomic(),
    ):
        User.objects.filter(pk=user.pk).update(username=name)


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_what_only_looks_like_a_phone_is_a_username(name):
    user = UserFactory()
    user.username = name

    validate(user)
    User.objects.filter(pk=user.pk).update(username=name)


@pytest.mark.both
@pytest.mark.django_db
def test_the_database_lets_nobody_give_a_role_to_themselves():
    user = UserFactory()
    row = write(user, Role.MEMBER)

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.filter(pk=row.pk).update(delegated_by=user)


RULES_OF_NOW = {
    "accounts_user": ["user_username_is_no_phone"],
    "accounts_signinlock": ["signinlock_runs_out_after_it_began"],
    "accounts_roleassignment": [
        *(f"roleassignment_{role}_apart" for role in sorted(INSTALLATION)),
        "roleassignment_not_by_its_holder",
    ],
}


@pytest.fixture
def unchecked(db):
    """Tables that take what they took before; the test's transaction ends it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, names in RULES_OF_NOW.items():
            for name in names:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield


@pytest.mark.both
@pytest.mark.django_db
def test_rows_of_before_are_corrected_so_that_the_constraints_fit(east, unchecked):
    user, colleague = UserFactory(), UserFactory(username="zhaomin")
    taken = UserFactory(username=f"user{user.pk}")
    with suspend_triggers(RoleAssignment):
        User.objects.filter(pk=user.pk).update(username=PHONES[0])
        kept = write(
            colleague, Role.SECRETARY, organization=east, starts_on=today() - DAY
        )
        write(colleague, Role.SYSTEM_ADMIN)
        write(colleague, Role.AUDITOR)
        RoleAssignment.objects.filter(pk=kept.pk).update(delegated_by=colleague)
        SignInLock.objects.create(
            name="x", runs_out_at=timezone.now() - DAY, locked_at=timezone.now()
        )

        BEFORE.rename_phones(apps, None)
        BEFORE.void_roles_beside_administration(apps, None)
        BEFORE.forget_wrong_givers(apps, None)
        BEFORE.delete_empty_locks(apps, None)

    user.refresh_from_db()
    assert user.username == f"{taken.username}x"
    (left,) = RoleAssignment.objects.filter(user=colleague)
    assert (left.pk, left.delegated_by) == (kept.pk, None)
    assert RoleAssignment.all_objects.filter(user=colleague).count() == 3
    assert not SignInLock.objects.exists()
