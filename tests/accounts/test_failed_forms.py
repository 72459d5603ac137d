"""A form at which the system failed is kept on the server, for who sent it."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.urls import reverse

from accounts.drafts import DRAFT
from core.audit import audit_log
from members.models import Member
from organizations.roles import Role
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.members import identity_number
from tests.factories.organizations import UnitFactory
from tests.html import read

pytestmark = pytest.mark.django_db
ADMIT = reverse("members:admit")
NUMBER, PHONE = identity_number(1), "13800001234"
OFFERED = "restore=1"
MEMBER = {
    "name": "李明",
    "id_number": NUMBER,
    "phone": PHONE,
    "category": "resident",
    "standing": "full",
    "join_date": "2010-07-01",
}


def signed_in(user):
    browser = Browser(raise_request_exception=False)
    browser.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return browser


def form_with(answer, field):
    return next(form for form in read(answer).posting() if field in form.fields)


def fail(*_arguments, **_values):
    raise DatabaseError


def send_and_fail(browser, url, monkeypatch, /, **typed):
    """Send a form whose write breaks off, because of a fault of ours."""
    form = form_with(browser.get(url), next(iter(typed)))
    with monkeypatch.context() as broken:
        broken.setattr(audit_log, "get", fail)
        answer = browser.post(url, form.sent(**typed))
    assert answer.status_code == 500
    return answer, form


def test_the_page_of_the_failure_leads_to_the_form_filled_in(
    secretary, branch, monkeypatch
):
    browser = signed_in(secretary)
    sent = {**MEMBER, "organization": branch.pk}

    failed, first = send_and_fail(browser, ADMIT, monkeypatch, **sent)
    form = form_with(browser.get(f"{ADMIT}?{OFFERED}"), "name")
    browser.post(f"{ADMIT}?{OFFERED}", form.sent(id_number=NUMBER, phone=PHONE))

    assert f"{ADMIT}?{OFFERED}" in failed.content.decode()
    names = ("name", "id_number", "phone", "join_date", "idempotency_key")
    assert [form.value(name) for name in names] == [
        "李明",
        "",
        "",
        "2010-07-01",
        first.value("idempotency_key"),
    ]
    assert Member.objects.get().name == "李明"
    assert DRAFT not in browser.session


def test_any_other_page_offers_it_and_says_that_the_system_failed(
    secretary, branch, monkeypatch
):
    browser = signed_in(secretary)
    sent = {**MEMBER, "organization": branch.pk}
    send_and_fail(browser, ADMIT, monkeypatch, **sent)

    desk = browser.get(reverse("accounts:desk"))

    assert f"{ADMIT}?{OFFERED}" in desk.content.decode()
    assert desk.wsgi_request.kept_draft.failed


def test_pages_of_record_management_keep_it_too(staff, east, monkeypatch):
    browser = signed_in(staff)
    unit = UnitFactory(name="第一中学", host=east)
    kept = {}
    for page, typed in (
        ("add", {"name": "第三中学", "host": east.pk}),
        ("change", {"name": "第二中学"}),
        ("end", {"reason": "已搬迁"}),
    ):
        keys = [] if page == "add" else [unit.pk]
        address = reverse(f"admin:organizations_unit_{page}", args=keys)
        name = next(iter(typed))
        send_and_fail(browser, address, monkeypatch, **typed)
        answer = browser.get(f"{address}?{OFFERED}")
        kept[page] = form_with(answer, name).value(name)

    assert kept == {"add": "第三中学", "change": "第二中学", "end": "已搬迁"}


def test_nothing_of_it_is_stored_in_clear_and_nobody_else_is_offered_it(
    secretary, branch, east, monkeypatch
):
    browser = signed_in(secretary)
    sent = {**MEMBER, "organization": branch.pk}
    send_and_fail(browser, ADMIT, monkeypatch, **sent)
    stored = [session.get_decoded() for session in Session.objects.all()]

    browser.force_login(
        holder(Role.CLERK, east), backend="accounts.backends.UsernameOrPhone"
    )
    offered = OFFERED in browser.get(reverse("accounts:desk")).content.decode()

    assert any(DRAFT in session for session in stored)
    assert "李明" not in str(stored)
    assert not offered


def test_a_session_that_cannot_be_stored_leaves_the_page_of_the_failure(
    secretary, branch, monkeypatch
):
    browser = signed_in(secretary)
    monkeypatch.setattr(SessionStore, "save", fail)
    sent = {**MEMBER, "organization": branch.pk}

    failed, _form = send_and_fail(browser, ADMIT, monkeypatch, **sent)

    assert OFFERED not in failed.content.decode()
