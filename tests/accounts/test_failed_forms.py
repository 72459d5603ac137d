"""A form at which the system failed is kept on the server, for who sent it."""

import datetime as dt

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.urls import get_resolver, reverse

from accounts.sessions import DRAFTS
from communities.enums import ProjectTag
from core.audit import audit_log
from core.web.views import ActionFormView
from members.models import Member
from organizations.roles import Role
from tests.accounts.kept_forms import links, offered, sign_in
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.members import identity_number
from tests.factories.organizations import UnitFactory
from tests.html import read

pytestmark = pytest.mark.django_db
ADMIT = reverse("members:admit")
PROJECT = reverse("communities:start_project")
TAG = ProjectTag.values[0]
AT_SIX_IN_CHINA = dt.datetime(2026, 6, 10, 10, 0, tzinfo=dt.UTC)
NUMBER, PHONE = identity_number(1), "13800001234"
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


def fail_to_admit(browser, branch, monkeypatch, **typed):
    sent = {**MEMBER, "organization": branch.pk, **typed}
    return send_and_fail(browser, ADMIT, monkeypatch, **sent)


def test_the_page_of_the_failure_leads_to_the_form_filled_in(
    secretary, branch, monkeypatch
):
    browser = signed_in(secretary)
    sent = {**MEMBER, "organization": branch.pk}

    failed, first = send_and_fail(browser, ADMIT, monkeypatch, **sent)
    [address] = offered(failed)
    form = form_with(browser.get(address), "name")
    browser.post(address, form.sent(id_number=NUMBER, phone=PHONE))

    assert address.startswith(ADMIT)
    names = ("name", "id_number", "phone", "join_date", "idempotency_key")
    assert [form.value(name) for name in names] == [
        "李明",
        "",
        "",
        "2010-07-01",
        first.value("idempotency_key"),
    ]
    assert Member.objects.get().name == "李明"
    assert DRAFTS not in browser.session


def test_any_other_page_names_it_in_one_line_and_its_own_has_the_buttons(
    secretary, branch, monkeypatch, time_machine
):
    time_machine.move_to(AT_SIX_IN_CHINA, tick=False)
    browser = signed_in(secretary)
    fail_to_admit(browser, branch, monkeypatch)

    desk, own = browser.get(reverse("accounts:desk")), browser.get(ADMIT)

    assert links(desk) == [(ADMIT, "录入党员 18:00")]
    assert offered(desk) == []
    assert len(offered(own)) == 1
    assert links(own) == []
    assert "“录入党员”" in own.content.decode()
    assert "19:00" in own.content.decode()


def test_forms_of_several_pages_are_kept_beside_each_other_newest_first(
    secretary, branch, monkeypatch
):
    browser = signed_in(secretary)
    fail_to_admit(browser, branch, monkeypatch)
    send_and_fail(
        browser,
        PROJECT,
        monkeypatch,
        name="邻里食堂",
        tag=TAG,
        organization=branch.parent_id,
    )

    desk, admit = browser.get(reverse("accounts:desk")), browser.get(ADMIT)
    [address] = offered(admit)

    assert [url for url, _text in links(desk)] == [PROJECT, ADMIT]
    assert [url for url, _text in links(admit)] == [PROJECT]
    assert form_with(browser.get(address), "name").value("name") == "李明"


def test_two_forms_of_one_page_are_both_kept(secretary, branch, monkeypatch):
    browser = signed_in(secretary)
    for name in ("李明", "韩雪"):
        sent = {**MEMBER, "name": name, "organization": branch.pk}
        send_and_fail(browser, ADMIT, monkeypatch, **sent)

    addresses = offered(browser.get(ADMIT))

    pages = [form_with(browser.get(address), "name") for address in addresses]
    assert [page.value("name") for page in pages] == ["韩雪", "李明"]


def test_a_form_that_fails_twice_is_kept_once(secretary, branch, monkeypatch):
    browser = signed_in(secretary)
    sent = {**MEMBER, "organization": branch.pk}
    failed, _form = send_and_fail(browser, ADMIT, monkeypatch, **sent)
    [address] = offered(failed)
    send_and_fail(browser, address, monkeypatch, **{**sent, "name": "李明明"})

    [again] = offered(browser.get(ADMIT))

    assert form_with(browser.get(again), "name").value("name") == "李明明"


def test_another_form_and_a_refused_one_leave_it_kept(secretary, branch, monkeypatch):
    browser = signed_in(secretary)
    sent = {**MEMBER, "organization": branch.pk}
    failed, _form = send_and_fail(browser, ADMIT, monkeypatch, **sent)
    [address] = offered(failed)
    restored = form_with(browser.get(address), "name")

    refused = browser.post(address, restored.sent(id_number="1"))
    other = form_with(browser.get(ADMIT), "name")
    others = {"id_number": identity_number(2), "phone": "13900001234"}
    browser.post(ADMIT, other.sent(**{**sent, "name": "韩雪", **others}))

    assert refused.status_code == 200
    assert offered(refused) == []
    assert [member.name for member in Member.objects.all()] == ["韩雪"]
    assert offered(browser.get(ADMIT)) == [address]


def test_it_may_be_discarded_and_the_others_stay(secretary, branch, monkeypatch):
    browser = signed_in(secretary)
    fail_to_admit(browser, branch, monkeypatch)
    failed, _form = send_and_fail(
        browser,
        PROJECT,
        monkeypatch,
        name="邻里食堂",
        tag=TAG,
        organization=branch.parent_id,
    )
    [address] = offered(failed)

    left = browser.get(address.replace("restore", "leave-draft"))

    assert offered(left) == []
    assert [url for url, _text in links(left)] == [ADMIT]


def test_five_are_kept_and_of_long_ones_as_many_as_a_session_may_hold(
    secretary, branch, monkeypatch
):
    browser = signed_in(secretary)
    for name in ("李一", "李二", "李三", "李四", "李五", "李六"):
        fail_to_admit(browser, branch, monkeypatch, name=name)
    short = len(offered(browser.get(ADMIT)))
    for _number in range(3):
        fail_to_admit(browser, branch, monkeypatch, more="长" * 9_000)

    assert (short, len(offered(browser.get(ADMIT)))) == (5, 2)


def test_a_form_too_long_to_be_kept_leads_back_without_what_was_typed(
    secretary, branch, monkeypatch
):
    browser = signed_in(secretary)

    failed, _form = fail_to_admit(browser, branch, monkeypatch, more="长" * 20_000)

    assert f'href="{ADMIT}"' in failed.content.decode()
    assert DRAFTS not in browser.session


def test_it_outlives_the_end_of_the_session(
    secretary, branch, monkeypatch, time_machine
):
    time_machine.move_to(AT_SIX_IN_CHINA, tick=False)
    browser = signed_in(secretary)
    fail_to_admit(browser, branch, monkeypatch)
    time_machine.shift(dt.timedelta(minutes=35))
    page = browser.get(reverse("accounts:desk"), follow=True)

    sign_in(browser, page, secretary)

    assert len(offered(browser.get(ADMIT))) == 1


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
        failed, _form = send_and_fail(browser, address, monkeypatch, **typed)
        answer = browser.get(*offered(failed))
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
    desk, own = browser.get(reverse("accounts:desk")), browser.get(ADMIT)

    assert any(DRAFTS in session for session in stored)
    assert "李明" not in str(stored)
    assert (links(desk), offered(own)) == ([], [])


def test_a_session_that_cannot_be_stored_leaves_the_page_of_the_failure(
    secretary, branch, monkeypatch
):
    browser = signed_in(secretary)
    monkeypatch.setattr(SessionStore, "save", fail)
    sent = {**MEMBER, "organization": branch.pk}

    failed, _form = send_and_fail(browser, ADMIT, monkeypatch, **sent)

    assert offered(failed) == []


def form_views(patterns):
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from form_views(one.url_patterns)
        elif issubclass(getattr(one.callback, "view_class", object), ActionFormView):
            yield one.callback.view_class


def test_every_form_has_a_title_that_names_it_when_it_is_kept():
    views = {*form_views(get_resolver().url_patterns)}

    assert len(views) > 50
    assert [view.__name__ for view in views if not str(view.title)] == []
