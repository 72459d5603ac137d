"""Role assignments: who may assign which role, and what it opens."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import assign_role, change_account, end_role_assignment
from accounts.backends import UsernameOrPhone
from accounts.errors import (
    AccountantIsCashier,
    GrantsMoreThanHeld,
    MoveJoinsMoneyRoles,
    NotToOneself,
)
from accounts.invariants import holders_of_both_money_roles
from accounts.models import AuditEntry, RoleAssignment, User
from accounts.notices import notify
from core.actors import scope_of
from core.db.constraint_errors import translate_integrity_errors
from core.db.triggers import suspend_triggers
from core.errors import ConstraintViolated
from core.months import today
from members.models import Member
from organizations.actions import change_organization
from organizations.models import Organization
from organizations.roles import Role
from tests.factories.accounts import RoleAssignmentFactory, UserFactory, holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import LONG_AGO, BranchFactory, UnitFactory


def test_street_staff_assign_roles_within_their_street(staff, east):
    assignment = assign_role(UserFactory(), Role.CLERK, by=staff, organization=east)

    assert assignment.delegated_by == staff
    assert AuditEntry.objects.about(assignment).get().organization == east


def test_street_staff_give_nothing_beyond_their_street(staff, foreign):
    with pytest.raises(GrantsMoreThanHeld):
        assign_role(UserFactory(), Role.CLERK, by=staff, organization=foreign)


@pytest.mark.parametrize("code", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_street_staff_make_no_administrators(staff, code):
    with pytest.raises(GrantsMoreThanHeld):
        assign_role(UserFactory(), code, by=staff)


def test_a_community_assigns_no_roles(secretary, east):
    with pytest.raises(GrantsMoreThanHeld):
        assign_role(UserFactory(), Role.CLERK, by=secretary, organization=east)


def test_the_register_s_keepers_make_liaisons_of_their_own_units(
    secretary, east, foreign
):
    own, other = UnitFactory(host=east), UnitFactory(host=foreign)

    assignment = assign_role(UserFactory(), Role.LIAISON, by=secretary, unit=own)

    assert assignment.unit == own
    with pytest.raises(GrantsMoreThanHeld):
        assign_role(UserFactory(), Role.LIAISON, by=secretary, unit=other)


def test_system_administrators_assign_no_roles(db, east):
    admin = holder(Role.SYSTEM_ADMIN)

    with pytest.raises(GrantsMoreThanHeld):
        assign_role(UserFactory(), Role.STREET_STAFF, by=admin, organization=east)


@pytest.mark.parametrize("code", [Role.STREET_STAFF, Role.ACCOUNTANT])
def test_nobody_assigns_a_role_to_themselves(db, street, code):
    person = holder(Role.SECURITY_ADMIN)

    with pytest.raises(NotToOneself):
        assign_role(person, code, by=person, organization=street)


def test_nobody_closes_their_own_account(db):
    admin = holder(Role.SYSTEM_ADMIN)

    with pytest.raises(NotToOneself):
        change_account(admin, by=admin, is_active=False)


def test_accountant_and_cashier_are_two_people_along_the_line(street, east):
    user = holder(Role.ACCOUNTANT, east)

    with pytest.raises(AccountantIsCashier):
        assign_role(user, Role.CASHIER, by=None, organization=street)


def test_different_money_may_be_kept_in_different_roles(east, west):
    user = holder(Role.ACCOUNTANT, east)

    assign_role(user, Role.CASHIER, by=None, organization=west)

    assert user.role_assignments.count() == 2


def test_an_ended_role_opens_nothing(east):
    user = holder(Role.SECRETARY, east)

    end_role_assignment(user.role_assignments.get(), by=None, reason="调离", on=today())

    assert scope_of(user).grants == ()
    assert list(Organization.objects.visible_to(user)) == []


def test_a_role_that_begins_tomorrow_opens_nothing_today(east):
    user = UserFactory()
    tomorrow = today() + dt.timedelta(days=1)

    RoleAssignmentFactory(user=user, organization=east, starts_on=tomorrow)

    assert scope_of(user).grants == ()


def test_a_person_s_scope_is_read_once_a_request(east, django_assert_num_queries):
    held = holder(Role.SECRETARY, east)

    with django_assert_num_queries(3):
        user = UsernameOrPhone().get_user(held.pk)
        scopes = [user.scope() for _time in range(5)]

    assert scopes == [held.scope()] * 5


def test_the_scope_of_a_request_names_the_member_and_the_menu_their_place(
    branch, django_assert_num_queries
):
    held = account_of(MemberFactory(organization=branch))
    assign_role(held, Role.BRANCH_SECRETARY, by=None, organization=branch)
    user = UsernameOrPhone().get_user(held.pk)

    scope = user.scope()
    with django_assert_num_queries(0):
        organizations = [str(a.organization) for a in user.role_assignments_today()]

    assert scope == held.scope()
    assert scope.member_id == held.member.pk
    assert str(branch) in organizations


def test_a_role_assigned_meanwhile_counts_at_the_next_request(client, staff, east):
    user = UserFactory()
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    before = client.get("/members/").status_code

    assign_role(user, Role.CLERK, by=staff, organization=east)

    assert (before, client.get("/members/").status_code) == (403, 200)


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        (Role.SECRETARY, "none"),
        (Role.AUDITOR, "organization"),
        (Role.LIAISON, "organization"),
    ],
)
def test_each_roleassignment_has_the_scope_of_its_role(east, code, scope):
    values = {"organization": east} if scope == "organization" else {}

    with pytest.raises(ConstraintViolated, match="职责的范围不对"):
        assign_role(UserFactory(), code, by=None, **values)


def test_the_database_refuses_the_same_role_twice(east):
    user = holder(Role.SECRETARY, east)
    twin = {"user": user, "role": Role.SECRETARY, "organization": east}

    with pytest.raises(IntegrityError, match="roleassignment_once"):
        RoleAssignment.objects.create(**twin, starts_on=LONG_AGO)


@pytest.mark.postgres
def test_the_database_s_refusal_speaks(east):
    user = holder(Role.ACCOUNTANT, east)
    twin = {"user": user, "role": Role.CASHIER, "organization": east}

    with (
        pytest.raises(ConstraintViolated, match="会计与出纳不得由同一人担任"),
        translate_integrity_errors(),
    ):
        RoleAssignment.objects.create(**twin, starts_on=LONG_AGO)


def test_administrators_see_accounts_of_the_office_alone(staff, branch):
    member = account_of(MemberFactory(organization=branch))
    fresh = UserFactory()

    seen = set(User.objects.visible_to(holder(Role.AUDITOR)))

    assert {staff, fresh} <= seen
    assert member not in seen


def test_keepers_see_the_accounts_of_their_members(secretary, branch):
    member = account_of(MemberFactory(organization=branch))
    other = account_of(MemberFactory())

    seen = User.objects.visible_to(secretary)

    assert member in seen
    assert other not in seen


def test_a_superuser_flag_opens_nothing(db):
    user = UserFactory()
    user.is_superuser = True

    assert list(Member.objects.visible_to(user)) == []
    assert (user.is_staff, user.has_perm("members.view_member")) == (False, False)


def test_a_notice_is_cut_to_its_column(staff):
    notify(staff, "月报已退回" * 200, about=None, url="/returns/")

    notice = staff.notices.get()
    assert (len(notice.text), notice.url) == (500, "/returns/")


def test_a_notice_is_rolled_back_with_the_action_that_wrote_it(staff):
    with transaction.atomic():
        notify(staff, "月报已退回", about=None)
        transaction.set_rollback(True)

    assert staff.notices.count() == 0


def test_the_security_administrator_charges_administrators_and_offices(db, east):
    by = holder(Role.SECURITY_ADMIN)
    auditor, clerk = UserFactory(), UserFactory()

    assign_role(auditor, Role.AUDITOR, by=by)
    assign_role(clerk, Role.CLERK, organization=east, by=by)

    assert scope_of(auditor).has_role({Role.AUDITOR})
    assert list(Organization.objects.visible_to(clerk)) == [east]


def test_people_who_keep_no_records_see_only_their_own_account(db, east):
    somebody = account_of(MemberFactory())

    assert list(User.objects.visible_to(somebody)) == [somebody]


def test_a_move_that_joins_accountant_and_cashier_in_one_person_is_refused(
    street, other_street, foreign
):
    person = holder(Role.CASHIER, foreign, name="钱进")
    assign_role(person, Role.ACCOUNTANT, by=None, organization=street)
    old_path = foreign.path

    with pytest.raises(MoveJoinsMoneyRoles) as refusal:
        change_organization(foreign, by=None, parent=street)

    foreign.refresh_from_db()
    assert "钱进" in str(refusal.value)
    assert (foreign.parent, foreign.path) == (other_street, old_path)
    assert list(holders_of_both_money_roles()) == []


def test_a_move_below_and_above_money_roles_is_asked_for_the_whole_subtree(
    street, foreign, branch
):
    part = BranchFactory(parent=foreign)
    person = holder(Role.CASHIER, part)
    assign_role(person, Role.ACCOUNTANT, by=None, organization=street)

    with pytest.raises(MoveJoinsMoneyRoles):
        change_organization(foreign, by=None, parent=street)


def test_money_roles_that_a_move_does_not_join_do_not_hinder_it(
    street, other_street, foreign, east, west
):
    person = holder(Role.CASHIER, east)
    assign_role(person, Role.ACCOUNTANT, by=None, organization=west)
    twice = holder(Role.ACCOUNTANT, foreign)
    with suspend_triggers(RoleAssignment):
        RoleAssignment.objects.create(
            user=twice, role=Role.CASHIER, organization=other_street, starts_on=today()
        )

    moved = change_organization(east, by=None, parent=other_street)

    assert moved.path.startswith(other_street.path)
    assert len(list(holders_of_both_money_roles())) == 1
