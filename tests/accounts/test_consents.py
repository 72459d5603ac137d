"""Slips for administrators need two, and the person concerned hears of it."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import (
    admit_by_slip,
    agree_to_slip,
    ask_consent,
    assign_role,
    create_account,
    end_role_assignment,
    issue_slip,
    issue_slips,
    set_password,
)
from accounts.errors import (
    ConsenterOpenedWithout,
    ConsentIsOver,
    NeedsSecondAdministrator,
    SlipNeedsConsent,
    SlipNotGood,
)
from accounts.models import AuditEntry, SignInSlip, SlipConsent, User
from core.errors import ConstraintViolated
from core.months import today
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.html import read
from tests.test_conventions import MODULES, ROOT

NEW = "tall-green-lantern-7"
SECOND, THIRD = "wide-brown-meadow-4", "calm-silver-ladder-9"


@pytest.fixture(autouse=True)
def _consent_is_needed(settings):
    settings.ADMINISTRATOR_SLIPS_NEED_CONSENT = True


@pytest.fixture
def system(db):
    return holder(Role.SYSTEM_ADMIN)


@pytest.fixture
def security(db):
    return holder(Role.SECURITY_ADMIN)


@pytest.fixture
def auditor(db):
    return holder(Role.AUDITOR)


def new_account(**values):
    """Return an account that nobody has opened yet."""
    values = {"username": "xinren", **values}
    return create_account(by=None, display_name="赵敏", **values)


def open_account(person, code, password=NEW):
    """Open an account with its slip, as whoever holds the paper can."""
    return admit_by_slip(
        code, name=person.display_name, proof=person.username, password=password
    )


def opened_alone(person, *, by, password=NEW):
    """Open an account with a slip to which nobody else agreed."""
    return open_account(person, issue_slip(person, by=by)[1], password)


def opened_with_consent(person, *, by, agreed_by, password=NEW):
    """Open an administrator's account with a slip that a second one agreed to."""
    agree_to_slip(ask_consent(person, by=by), by=agreed_by)
    return opened_alone(person, by=by, password=password)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_no_administrator_s_slip_is_printed_by_one_alone(system, role):
    person = holder(role)

    with pytest.raises(NeedsSecondAdministrator):
        issue_slip(person, by=system)

    assert SignInSlip.objects.filter(user=person).count() == 0


def test_one_administrator_among_many_stops_the_whole_sheet(system, auditor, staff):
    with pytest.raises(NeedsSecondAdministrator):
        issue_slips([staff, auditor], by=system)

    assert SignInSlip.objects.count() == 0


def test_other_slips_need_no_consent(system, staff):
    slip, _code = issue_slip(staff, by=system)

    assert slip.issued_by == system


def test_with_a_second_administrator_s_consent_one_slip_is_printed(
    system, security, auditor
):
    agree_to_slip(ask_consent(auditor, by=system), by=security)

    slip, _code = issue_slip(auditor, by=system)

    assert slip.user == auditor
    with pytest.raises(NeedsSecondAdministrator):
        issue_slip(auditor, by=system)


@pytest.mark.parametrize("used", [True, False])
def test_nobody_agrees_again_to_what_was_agreed_to(system, security, auditor, used):
    consent = agree_to_slip(ask_consent(auditor, by=system), by=security)
    if used:
        issue_slip(auditor, by=system)

    with pytest.raises(ConsentIsOver):
        agree_to_slip(consent, by=holder(Role.SECURITY_ADMIN))

    assert SlipConsent.objects.get().agreed_by == security


def test_a_consent_serves_nobody_but_the_one_who_asked(system, security, auditor):
    agree_to_slip(ask_consent(auditor, by=system), by=security)

    with pytest.raises(NeedsSecondAdministrator):
        issue_slip(auditor, by=holder(Role.SYSTEM_ADMIN))

    assert SignInSlip.objects.count() == 0


@pytest.mark.parametrize("who", ["asking", "concerned"])
def test_neither_who_asks_nor_whom_it_concerns_agrees(system, auditor, who):
    consent = ask_consent(auditor, by=system)

    with pytest.raises(ConstraintViolated, match="另一位管理员"):
        agree_to_slip(consent, by=system if who == "asking" else auditor)

    assert SlipConsent.objects.get().agreed_at is None


def test_a_consent_is_good_as_long_as_a_slip(system, security, auditor):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        consent = ask_consent(auditor, by=system)
        clock.shift(dt.timedelta(hours=73))
        with pytest.raises(ConsentIsOver):
            agree_to_slip(consent, by=security)

        again = ask_consent(auditor, by=system)

    assert list(SlipConsent.objects.all()) == [again]


def test_the_other_administrators_and_the_person_are_asked(system, security, auditor):
    ask_consent(auditor, by=system)

    told = {
        user: [(str(auditor) in n.text, n.url) for n in user.notices.all()]
        for user in (system, security, auditor)
    }
    page = reverse("accounts:consents")
    assert told == {system: [], security: [(True, page)], auditor: [(True, page)]}


def test_two_administrators_do_it_on_the_page(client, system, security, auditor):
    client.force_login(system)
    ask = reverse("accounts:ask_consent", args=[auditor.pk])
    assert ask in client.get(reverse("accounts:consents")).content.decode()
    client.post(ask)
    client.force_login(security)
    agree = reverse("accounts:agree_to_slip", args=[SlipConsent.objects.get().pk])
    assert agree in client.get(reverse("accounts:consents")).content.decode()
    client.post(agree)
    client.force_login(system)

    sheet = client.post(reverse("accounts:slips"), {"chosen": [auditor.pk]})

    assert sheet.templates[0].name == "accounts/slip_sheet.html"
    assert SignInSlip.objects.get().user == auditor


def test_the_page_of_slips_says_what_is_missing(client, system, auditor):
    client.force_login(system)

    page = client.post(reverse("accounts:slips"), {"chosen": [auditor.pk]}, follow=True)

    assert "须经另一位管理员同意" in page.content.decode()
    assert SignInSlip.objects.count() == 0


def test_a_demo_with_one_administrator_of_each_kind_needs_no_consent(
    settings, system, auditor
):
    settings.ADMINISTRATOR_SLIPS_NEED_CONSENT = False

    slip, _code = issue_slip(auditor, by=system)

    assert slip.user == auditor


def test_who_has_a_password_hears_of_a_slip_at_once(system, staff):
    issue_slip(staff, by=system)

    notice = staff.notices.get()
    assert (str(system) in notice.text, notice.read_at) == (True, None)


def test_who_opens_an_account_hears_who_printed_the_slip(system):
    person = new_account(username="zhaomin")
    _slip, code = issue_slip(person, by=system)
    before = person.notices.count()

    admit_by_slip(code, name=person.display_name, proof="zhaomin", password=NEW)

    assert before == 0
    assert str(system) in person.notices.get().text


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_a_new_administrator_s_earlier_slip_opens_nothing(system, security, role):
    person = new_account(username="zhaomin")
    _slip, code = issue_slip(person, by=system)

    assign_role(person, role, by=security)

    with pytest.raises(SlipNotGood):
        admit_by_slip(code, name=person.display_name, proof="zhaomin", password=NEW)
    assert str(person) in security.notices.get().text


def test_who_assigns_a_role_hears_of_no_slip_where_none_was_open(security):
    assign_role(new_account(), Role.AUDITOR, by=security)

    assert security.notices.count() == 0


def test_a_slip_without_consent_is_asked_again_when_it_is_used(system, settings):
    settings.ADMINISTRATOR_SLIPS_NEED_CONSENT = False
    person = holder(Role.AUDITOR)
    _slip, code = issue_slip(person, by=system)
    settings.ADMINISTRATOR_SLIPS_NEED_CONSENT = True

    with pytest.raises(SlipNeedsConsent):
        open_account(person, code)

    person.refresh_from_db()
    assert not person.check_password(NEW)
    assert SignInSlip.objects.get().used_at is None


def test_a_slip_with_consent_opens_the_administrator_s_account(
    system, security, auditor
):
    agree_to_slip(ask_consent(auditor, by=system), by=security)
    slip, code = issue_slip(auditor, by=system)

    assert open_account(auditor, code) == auditor
    assert SlipConsent.objects.get().used_at == slip.issued_at


ADMINISTRATIONS = [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR]


def assign_in_action(person, role, security):
    """Assign the role from today on."""
    assign_role(person, role, by=security)


def assign_for_tomorrow(person, role, security):
    """Assign the role from tomorrow on."""
    assign_role(person, role, by=security, starts_on=today() + dt.timedelta(days=1))


def assign_by_installation(person, role, _security):
    """Assign the role as a command does, by nobody."""
    assign_role(person, role, by=None)


def assign_again(person, role, security):
    """Assign the role, end it, open the account by a slip alone, assign it again."""
    assigned = assign_role(person, role, by=security)
    system = holder(Role.SYSTEM_ADMIN)
    opened_with_consent(person, by=system, agreed_by=security, password=SECOND)
    end_role_assignment(assigned, by=security, reason="换岗")
    opened_alone(person, by=system, password=THIRD)
    assign_role(person, role, by=security)


def assign_on_page(person, role, security):
    """Assign the role on the page of the admin."""
    client = Client()
    client.force_login(security)
    address = reverse("admin:accounts_roleassignment_add")
    form = read(client.get(address)).form_to(address)
    sent = form.sent(user=person.pk, role=role, starts_on=today())
    page = client.post(address, sent, follow=True)
    assert "须另打印" in page.content.decode()


WAYS_TO_ASSIGN = [
    assign_in_action,
    assign_for_tomorrow,
    assign_by_installation,
    assign_again,
    assign_on_page,
]


@pytest.mark.parametrize("role", ADMINISTRATIONS)
@pytest.mark.parametrize("assign", WAYS_TO_ASSIGN)
def test_a_password_set_with_a_slip_of_one_alone_ends_where_a_role_makes_three(
    client, system, security, role, assign
):
    holder(role)  # who stays when a role is ended
    person = opened_alone(new_account(), by=system)
    client.force_login(person)

    assign(person, role, security)

    person.refresh_from_db()
    assert not any(map(person.check_password, (NEW, SECOND, THIRD)))
    assert client.get(reverse("accounts:home")).status_code == 302
    with pytest.raises(NeedsSecondAdministrator):
        issue_slip(person, by=system)


def test_who_assigns_the_role_hears_that_the_password_was_voided(system, security):
    person = opened_alone(new_account(), by=system)

    assign_role(person, Role.AUDITOR, by=security)

    notice = security.notices.get()
    assert (str(person) in notice.text, notice.url) == (True, reverse("accounts:slips"))
    voided = AuditEntry.objects.filter(action="accounts.void_password")
    assert voided.get(subject_id=f"{person.pk}").actor_id == security.pk


def test_a_password_set_without_any_slip_ends_alike(security):
    person = new_account()
    set_password(person, password=NEW)

    assign_role(person, Role.AUDITOR, by=security)

    person.refresh_from_db()
    assert not person.has_usable_password()


def test_a_new_password_of_one_s_own_does_not_hide_the_slip(system, security):
    person = opened_alone(new_account(), by=system)
    set_password(person, password="broad-yellow-bridge-3")

    assign_role(person, Role.AUDITOR, by=security)

    person.refresh_from_db()
    assert not person.has_usable_password()


def test_a_password_set_with_consent_or_at_the_setting_up_stays(system, security):
    first = new_account()
    assigned = assign_role(first, Role.AUDITOR, by=security)
    opened_with_consent(first, by=system, agreed_by=security)
    holder(Role.AUDITOR)
    end_role_assignment(assigned, by=security, reason="换岗")
    second = new_account(username="chushi")
    opened_alone(second, by=None)

    assign_role(first, Role.AUDITOR, by=security)
    assign_role(second, Role.SYSTEM_ADMIN, by=security)

    assert [User.objects.get(pk=p.pk).check_password(NEW) for p in (first, second)] == [
        True,
        True,
    ]


def test_other_roles_leave_the_password_alone(system, security, east):
    person = opened_alone(new_account(), by=system)

    assign_role(person, Role.CLERK, by=security, organization=east)

    person.refresh_from_db()
    assert person.check_password(NEW)


def test_where_no_consent_is_needed_the_password_stays(settings, system, security):
    settings.ADMINISTRATOR_SLIPS_NEED_CONSENT = False
    person = opened_alone(new_account(), by=system)

    assign_role(person, Role.AUDITOR, by=security)

    person.refresh_from_db()
    assert person.check_password(NEW)


def test_who_was_let_in_without_consent_agrees_to_nothing(settings, system, security):
    settings.ADMINISTRATOR_SLIPS_NEED_CONSENT = False
    person = opened_alone(new_account(), by=system)
    assign_role(person, Role.AUDITOR, by=security)
    settings.ADMINISTRATOR_SLIPS_NEED_CONSENT = True
    consent = ask_consent(security, by=system)

    with pytest.raises(ConsenterOpenedWithout):
        agree_to_slip(consent, by=person)

    assert SlipConsent.objects.get(pk=consent.pk).agreed_at is None


def test_roles_are_assigned_in_one_place():
    """Nothing else makes an assignment, so nothing passes what assigning asks."""
    makes = re.compile(r"RoleAssignment(?:\.(?:all_)?objects\.\w*create|\()")
    found = [
        name
        for path in MODULES
        if (name := path.relative_to(ROOT).as_posix()) != "accounts/models/roles.py"
        and makes.search(path.read_text(encoding="utf-8"))
    ]

    assert found == ["accounts/actions/roles.py"]
