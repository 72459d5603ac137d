"""Slips for administrators need two, and the person concerned hears of it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.actions import (
    admit_by_slip,
    agree_to_slip,
    ask_consent,
    assign_role,
    issue_slip,
    issue_slips,
)
from accounts.errors import (
    ConsentIsOver,
    NeedsSecondAdministrator,
    SlipNeedsConsent,
    SlipNotGood,
)
from accounts.models import SignInSlip, SlipConsent
from core.errors import ConstraintViolated
from organizations.roles import Role
from tests.factories.accounts import UserFactory, holder

NEW = "tall-green-lantern-7"


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
    person = UserFactory(username="zhaomin")
    person.set_unusable_password()
    person.save()
    _slip, code = issue_slip(person, by=system)
    before = person.notices.count()

    admit_by_slip(code, name="", proof="zhaomin", password=NEW)

    assert before == 0
    assert str(system) in person.notices.get().text


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_a_new_administrator_s_earlier_slip_opens_nothing(system, security, role):
    person = UserFactory(username="zhaomin")
    _slip, code = issue_slip(person, by=system)

    assign_role(person, role, by=security)

    with pytest.raises(SlipNotGood):
        admit_by_slip(code, name="", proof="zhaomin", password=NEW)
    assert str(person) in security.notices.get().text


def test_who_assigns_a_role_hears_of_no_slip_where_none_was_open(security):
    assign_role(UserFactory(), Role.AUDITOR, by=security)

    assert security.notices.count() == 0


def test_a_slip_without_consent_is_asked_again_when_it_is_used(system, settings):
    settings.ADMINISTRATOR_SLIPS_NEED_CONSENT = False
    person = holder(Role.AUDITOR)
    _slip, code = issue_slip(person, by=system)
    settings.ADMINISTRATOR_SLIPS_NEED_CONSENT = True

    with pytest.raises(SlipNeedsConsent):
        admit_by_slip(code, name="", proof=person.username, password=NEW)

    person.refresh_from_db()
    assert not person.check_password(NEW)
    assert SignInSlip.objects.get().used_at is None


def test_a_slip_with_consent_opens_the_administrator_s_account(
    system, security, auditor
):
    agree_to_slip(ask_consent(auditor, by=system), by=security)
    slip, code = issue_slip(auditor, by=system)

    assert admit_by_slip(code, name="", proof=auditor.username, password=NEW) == auditor
    assert SlipConsent.objects.get().used_at == slip.issued_at
