"""Two at one moment: staged on PostgreSQL, where rows are really locked."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actions import (
    admit_by_slip,
    assign_role,
    end_role_assignment,
    issue_slip,
)
from accounts.errors import (
    AccountantIsCashier,
    LastAdministrator,
    MoveJoinsMoneyRoles,
    SlipNotGood,
)
from accounts.invariants import holders_of_both_money_roles
from accounts.models import RoleAssignment
from core.db.constraint_errors import translate_integrity_errors
from core.errors import ConstraintViolated, DomainError
from members.actions import admit_member, check_in, unmask
from members.actions.unmasking import LOOKS_AN_HOUR
from members.errors import AlreadyCheckedIn, TooManyLooks
from members.models import Member
from organizations.actions import change_organization
from organizations.roles import Role
from tests.factories.accounts import RoleAssignmentFactory, UserFactory, holder
from tests.factories.members import MemberFactory, identity_number
from tests.stage import on_its_own_connection, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NEW = "tall-green-lantern-7"


def refused_of_two(first, second):
    """Stage the race; return what refused the second, in words."""

    def spoken():
        with translate_integrity_errors():
            return second()

    return race(first, spoken).refusal


def test_a_slip_opens_once_even_for_two_at_one_moment(db):
    user = UserFactory()
    _slip, code = issue_slip(user, by=None)

    def enter():
        return admit_by_slip(
            code, name=user.display_name, proof=user.username, password=NEW
        )

    assert isinstance(refused_of_two(enter, enter), SlipNotGood)


def test_one_person_gets_only_one_of_the_money_s_two_roles(street, east):
    user = UserFactory()

    refused = refused_of_two(
        lambda: assign_role(user, Role.ACCOUNTANT, by=None, organization=street),
        lambda: assign_role(user, Role.CASHIER, by=None, organization=east),
    )

    assert isinstance(refused, AccountantIsCashier)


@pytest.mark.parametrize("moved_first", [True, False])
def test_a_move_and_an_assignment_never_join_the_money_s_two_roles(
    street, foreign, moved_first
):
    person = holder(Role.CASHIER, foreign)
    calls = [
        lambda: change_organization(foreign, by=None, parent=street),
        lambda: assign_role(person, Role.ACCOUNTANT, by=None, organization=street),
    ]

    refused = refused_of_two(*(calls if moved_first else reversed(calls)))

    expected = AccountantIsCashier if moved_first else MoveJoinsMoneyRoles
    assert isinstance(refused, (expected, ConstraintViolated))
    assert list(holders_of_both_money_roles()) == []


@pytest.mark.parametrize("moved_first", [True, False])
def test_a_move_and_the_end_of_a_role_leave_no_one_with_both(
    street, foreign, moved_first
):
    person = holder(Role.CASHIER, foreign)
    assign_role(person, Role.ACCOUNTANT, by=None, organization=street)
    (role,) = RoleAssignment.objects.filter(role=Role.ACCOUNTANT)
    calls = [
        lambda: end_role_assignment(role, by=None, reason="调离"),
        lambda: change_organization(foreign, by=None, parent=street),
    ]
    if moved_first:
        with pytest.raises(MoveJoinsMoneyRoles):
            race(*reversed(calls))
    else:
        race(*calls)

    assert list(holders_of_both_money_roles()) == []


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_no_old_snapshot_gives_one_person_both_of_the_money_s_roles(
    street, east, isolation
):
    user = UserFactory()
    refusal = pytest.raises(DatabaseError, match="accountant_is_not_cashier_added")

    with refusal, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {isolation}")
        assert not RoleAssignment.objects.filter(user=user).exists()
        rival = partial(assign_role, user, Role.ACCOUNTANT, organization=street)
        with ThreadPoolExecutor() as pool:
            pool.submit(on_its_own_connection, rival, by=None).result()
        RoleAssignmentFactory(user=user, role=Role.CASHIER, organization=east)

    roles = RoleAssignment.objects.filter(user=user).values_list("role", flat=True)
    assert [*roles] == [Role.ACCOUNTANT]


def test_one_checks_in_with_one_of_two_communities(east, west):
    member = MemberFactory(in_service=True)

    refused = refused_of_two(
        lambda: check_in(member, east, by=None),
        lambda: check_in(member, west, by=None),
    )

    assert isinstance(refused, AlreadyCheckedIn)


def test_two_people_who_enter_one_person_enter_them_once(branch):
    number = identity_number(3)
    born = MemberFactory().birth_date

    def enter():
        return admit_member(
            by=None,
            organization=branch,
            name="李明",
            sex="1",
            birth_date=born,
            id_number=number,
        )

    refused = refused_of_two(enter, enter)

    assert isinstance(refused, ConstraintViolated | DomainError)
    assert "已" in str(refused)
    assert Member.objects.filter(name="李明").count() == 1


def test_the_last_look_of_the_hour_is_had_once(branch):
    user, member = UserFactory(), MemberFactory(organization=branch)
    for _look in range(LOOKS_AN_HOUR - 1):
        unmask(member, "phone", by=user, reason="核对")

    def look():
        return unmask(member, "phone", by=user, reason="核对")

    assert isinstance(refused_of_two(look, look), TooManyLooks)


def test_two_security_administrators_who_end_each_other_leave_one(db):
    one, other = (holder(Role.SECURITY_ADMIN) for _n in range(2))
    roles = [user.role_assignments.get() for user in (one, other)]

    ended = race(
        lambda: end_role_assignment(roles[0], by=other, reason="换岗"),
        lambda: end_role_assignment(roles[1], by=one, reason="换岗"),
    )

    assert (ended.waited, type(ended.refusal)) == (True, LastAdministrator)
    assert list(RoleAssignment.objects.current()) == [roles[1]]
