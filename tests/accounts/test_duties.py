"""Duties: who gives which to whom, and what they open."""

import datetime as dt

import pytest
from django.db import IntegrityError

from accounts.actions import change_account, charge_with_duty, end_duty
from accounts.errors import GrantsMoreThanHeld, MoneyHandsAreTwo, NotToOneself
from accounts.models import AuditEntry, Duty, User
from accounts.notices import notify
from core.constraints import rules_speak
from core.duties import DutyCode, scope_of
from core.errors import RuleBroken
from core.months import today
from members.models import Member
from organizations.models import Organization
from tests.factories.accounts import DutyFactory, UserFactory, holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import LONG_AGO, UnitFactory


def test_street_staff_give_duties_within_their_street(staff, east):
    duty = charge_with_duty(UserFactory(), DutyCode.CLERK, by=staff, organization=east)

    assert duty.delegated_by == staff
    assert AuditEntry.objects.about(duty).get().organization == east


def test_street_staff_give_nothing_beyond_their_street(staff, foreign):
    with pytest.raises(GrantsMoreThanHeld):
        charge_with_duty(UserFactory(), DutyCode.CLERK, by=staff, organization=foreign)


@pytest.mark.parametrize(
    "code", [DutyCode.SYSTEM_ADMIN, DutyCode.SECURITY_ADMIN, DutyCode.AUDITOR]
)
def test_street_staff_make_no_administrators(staff, code):
    with pytest.raises(GrantsMoreThanHeld):
        charge_with_duty(UserFactory(), code, by=staff)


def test_a_community_gives_no_duties(secretary, east):
    with pytest.raises(GrantsMoreThanHeld):
        charge_with_duty(UserFactory(), DutyCode.CLERK, by=secretary, organization=east)


def test_the_register_s_keepers_make_liaisons_of_their_own_units(
    secretary, east, foreign
):
    own, other = UnitFactory(host=east), UnitFactory(host=foreign)

    duty = charge_with_duty(UserFactory(), DutyCode.LIAISON, by=secretary, unit=own)

    assert duty.unit == own
    with pytest.raises(GrantsMoreThanHeld):
        charge_with_duty(UserFactory(), DutyCode.LIAISON, by=secretary, unit=other)


def test_system_administrators_charge_nobody(db, east):
    admin = holder(DutyCode.SYSTEM_ADMIN)

    with pytest.raises(GrantsMoreThanHeld):
        charge_with_duty(
            UserFactory(), DutyCode.STREET_STAFF, by=admin, organization=east
        )


@pytest.mark.parametrize("code", [DutyCode.STREET_STAFF, DutyCode.ACCOUNTANT])
def test_nobody_charges_himself(db, street, code):
    person = holder(DutyCode.SECURITY_ADMIN)

    with pytest.raises(NotToOneself):
        charge_with_duty(person, code, by=person, organization=street)


def test_nobody_shuts_himself_out(db):
    admin = holder(DutyCode.SYSTEM_ADMIN)

    with pytest.raises(NotToOneself):
        change_account(admin, by=admin, is_active=False)


def test_accountant_and_cashier_are_two_people_along_the_line(street, east):
    user = holder(DutyCode.ACCOUNTANT, east)

    with pytest.raises(MoneyHandsAreTwo):
        charge_with_duty(user, DutyCode.CASHIER, by=None, organization=street)


def test_different_money_may_be_kept_in_different_roles(east, west):
    user = holder(DutyCode.ACCOUNTANT, east)

    charge_with_duty(user, DutyCode.CASHIER, by=None, organization=west)

    assert user.duties.count() == 2


def test_an_ended_duty_opens_nothing(east):
    user = holder(DutyCode.SECRETARY, east)

    end_duty(user.duties.get(), by=None, reason="调离", on=today())

    assert scope_of(user).grants == ()
    assert list(Organization.objects.visible_to(user)) == []


def test_a_duty_that_begins_tomorrow_opens_nothing_today(east):
    user = UserFactory()
    tomorrow = today() + dt.timedelta(days=1)

    DutyFactory(user=user, organization=east, starts_on=tomorrow)

    assert scope_of(user).grants == ()


def test_a_person_serving_a_request_reads_his_scope_once(
    east, django_assert_num_queries
):
    user = holder(DutyCode.SECRETARY, east)
    user.keeps_scope = True

    with django_assert_num_queries(3):
        scopes = [user.scope() for _time in range(5)]

    assert scopes == [scopes[0]] * 5


def test_a_duty_given_meanwhile_counts_at_the_next_request(client, staff, east):
    user = UserFactory()
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    before = client.get("/members/").status_code

    charge_with_duty(user, DutyCode.CLERK, by=staff, organization=east)

    assert (before, client.get("/members/").status_code) == (403, 200)


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        (DutyCode.SECRETARY, "none"),
        (DutyCode.AUDITOR, "organization"),
        (DutyCode.LIAISON, "organization"),
    ],
)
def test_each_duty_has_the_scope_of_its_code(east, code, scope):
    place = {"organization": east} if scope == "organization" else {}

    with pytest.raises(RuleBroken, match="职责的范围不对"):
        charge_with_duty(UserFactory(), code, by=None, **place)


def test_the_database_refuses_the_same_duty_twice(east):
    user = holder(DutyCode.SECRETARY, east)
    twin = {"user": user, "code": DutyCode.SECRETARY, "organization": east}

    with pytest.raises(IntegrityError, match="duty_once"):
        Duty.objects.create(**twin, starts_on=LONG_AGO)


def test_the_database_s_refusal_speaks(east):
    user = holder(DutyCode.ACCOUNTANT, east)
    twin = {"user": user, "code": DutyCode.CASHIER, "organization": east}

    with pytest.raises(RuleBroken, match="会计与出纳不得由同一人担任"), rules_speak():
        Duty.objects.create(**twin, starts_on=LONG_AGO)


def test_administrators_see_accounts_of_the_office_alone(staff, branch):
    member = account_of(MemberFactory(organization=branch))
    fresh = UserFactory()

    seen = set(User.objects.visible_to(holder(DutyCode.AUDITOR)))

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


def test_a_notice_is_kept_once_the_deed_is_certain(
    staff, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        notify(staff, "月报已退回" * 60, "/returns/")
        assert staff.notices.count() == 0

    notice = staff.notices.get()
    assert (len(notice.text), notice.url) == (200, "/returns/")


def test_the_security_administrator_charges_administrators_and_offices(db, east):
    by = holder(DutyCode.SECURITY_ADMIN)
    auditor, clerk = UserFactory(), UserFactory()

    charge_with_duty(auditor, DutyCode.AUDITOR, by=by)
    charge_with_duty(clerk, DutyCode.CLERK, organization=east, by=by)

    assert scope_of(auditor).holds({DutyCode.AUDITOR})
    assert list(Organization.objects.visible_to(clerk)) == [east]


def test_who_keeps_no_records_sees_his_own_account_alone(db, east):
    somebody = account_of(MemberFactory())

    assert list(User.objects.visible_to(somebody)) == [somebody]
