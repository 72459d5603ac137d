"""What was typed when a session ended is kept on the server, for whoever typed it."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.drafts.offering import KEPT_BY_BROWSER, WHOSE
from accounts.drafts.storing import read_drafts
from accounts.sessions import DRAFTS
from core.web.edit_conflicts import VERSION_TOKEN
from members.actions import set_skills
from members.models import Member
from organizations.models import Unit
from organizations.roles import Role
from tests.accounts.kept_forms import links, offered, sign_in
from tests.factories.accounts import PASSWORD, holder
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory, account_of, identity_number
from tests.factories.organizations import UnitFactory
from tests.html import read

NINE = dt.datetime(2026, 6, 10, 9, 0, tzinfo=dt.UTC)
ADMIT = reverse("members:admit")
NUMBER, PHONE = identity_number(1), "13800001234"


@pytest.fixture(autouse=True)
def at_nine(time_machine):
    time_machine.move_to(NINE, tick=False)


@pytest.fixture
def browser(client, secretary, branch):
    """A browser in which the secretary of 东社区 has signed in."""
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    return client


def form_on(answer, address):
    return next(form for form in read(answer).posting() if form.action == address)


def send_too_late(browser, time_machine, url, /, **typed):
    """Open a form, let the session end, send it, and return the page of sign-in."""
    form = form_on(browser.get(url), url)
    time_machine.shift(dt.timedelta(minutes=31))
    return browser.post(url, form.sent(**typed), follow=True)


def type_member(browser, time_machine, **more):
    typed = {
        "name": "李明",
        "id_number": NUMBER,
        "phone": PHONE,
        "address": "丹桂路1号",
    }
    return send_too_late(browser, time_machine, ADMIT, **{**typed, **more})


def test_it_is_offered_after_signing_in_and_filled_in_without_numbers(
    browser, secretary, time_machine
):
    page = type_member(browser, time_machine, remark=f"电话 {PHONE}")

    [address] = offered(sign_in(browser, page, secretary))
    form = form_on(browser.get(address), ADMIT)

    names = ("name", "address", "id_number", "phone", "remark")
    assert [form.value(name) for name in names] == [
        "李明",
        "丹桂路1号",
        "",
        "",
        "电话 ******",
    ]
    assert address.startswith(ADMIT)


def test_the_filled_in_form_is_saved_like_any_other(
    browser, secretary, branch, time_machine
):
    kind = {"category": "resident", "standing": "full", "join_date": "2010-07-01"}
    page = type_member(browser, time_machine, organization=branch.pk, **kind)
    [address] = offered(sign_in(browser, page, secretary))

    form = form_on(browser.get(address), ADMIT)
    browser.post(address, form.sent(id_number=NUMBER, phone=PHONE))

    member = Member.objects.get()
    assert (member.name, member.address) == ("李明", "丹桂路1号")
    assert DRAFTS not in browser.session


def test_nothing_that_was_typed_is_stored_in_clear(browser, time_machine):
    type_member(browser, time_machine)

    stored = [session.get_decoded() for session in Session.objects.all()]
    assert any(DRAFTS in session for session in stored)
    assert "李明" not in str(stored)


def test_nobody_else_is_offered_it(browser, east, time_machine):
    page = type_member(browser, time_machine)
    other = holder(Role.CLERK, east)

    answer = sign_in(browser, page, other)
    form = form_on(browser.get(ADMIT), ADMIT)

    assert (offered(answer), links(answer)) == ([], [])
    assert form.value("name") == ""
    assert DRAFTS not in browser.session


def test_it_is_offered_once_where_the_browser_keeps_it(
    browser, secretary, time_machine
):
    page = type_member(browser, time_machine)
    [draft] = read_drafts(browser.session)

    in_browser = {KEPT_BY_BROWSER: f"other {draft.key}"}
    answer = sign_in(browser, page, secretary, **in_browser)

    assert offered(answer) == []


def test_it_may_be_left_and_is_forgotten_after_an_hour(
    browser, secretary, time_machine
):
    page = type_member(browser, time_machine)
    [address] = offered(sign_in(browser, page, secretary))
    browser.get(address.replace("restore", "leave-draft"))
    left = links(browser.get("/desk/"))

    page = type_member(browser, time_machine)
    time_machine.shift(dt.timedelta(minutes=61))
    late = offered(sign_in(browser, page, secretary))

    assert (left, late) == ([], [])


def test_another_tab_that_ended_the_session_first_loses_nothing(
    browser, secretary, time_machine
):
    form = form_on(browser.get(ADMIT), ADMIT)
    time_machine.shift(dt.timedelta(minutes=31))
    browser.get("/desk/")
    page = browser.post(ADMIT, form.sent(name="李明"), follow=True)

    assert len(offered(sign_in(browser, page, secretary))) == 1


def test_a_list_comes_back_and_another_s_change_is_still_a_conflict(
    browser, secretary, branch, time_machine
):
    li, han = (MemberFactory(name=n, organization=branch) for n in ("李明", "韩雪"))
    meeting = MeetingFactory(organization=branch, chair=li, present=[han])
    address = reverse("communities:change", args=[meeting.pk])
    page = send_too_late(
        browser,
        time_machine,
        address,
        absent=[han.pk],
        **{f"reason_{han.pk}": "illness"},
    )
    answer = browser.get(*offered(sign_in(browser, page, secretary)))
    form = form_on(answer, address)

    assert form.fields["absent"] == [str(han.pk)]
    assert form.value(f"reason_{han.pk}") == "illness"
    assert form.value(VERSION_TOKEN).count(".") > 3


def test_a_button_keeps_nothing(browser, secretary, time_machine):
    time_machine.shift(dt.timedelta(minutes=31))

    browser.post(reverse("accounts:read_notices"), {"note": "x"})

    assert DRAFTS not in browser.session


def lose_session(browser):
    """The cookie of the session runs out, or somebody deletes it."""
    del browser.cookies["sessionid"]


def send_without_session(browser, url, **typed):
    form = form_on(browser.get(url), url)
    lose_session(browser)
    return browser.post(url, form.sent(**typed), follow=True)


def test_what_was_typed_is_kept_when_the_session_itself_has_vanished(
    browser, secretary
):
    page = send_without_session(browser, ADMIT, name="李明", id_number=NUMBER)

    [address] = offered(sign_in(browser, page, secretary))
    form = form_on(browser.get(address), ADMIT)

    assert (form.value("name"), form.value("id_number")) == ("李明", "")


@pytest.mark.parametrize("ticked", [["law"], []])
def test_ticks_come_back_and_so_do_boxes_that_were_cleared(client, east, ticked):
    member = MemberFactory(in_service=True, community=east)
    set_skills(member, skills=["law", "health"], available="", by=None)
    user, address = account_of(member), reverse("members:skills")
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    page = send_without_session(client, address, skills=ticked)

    restored = form_on(client.get(*offered(sign_in(client, page, user))), address)
    client.post(address, restored.sent())

    member.refresh_from_db()
    assert member.skills == ticked


def test_nobody_else_is_offered_what_a_vanished_session_typed(browser, east):
    page = send_without_session(browser, ADMIT, name="李明")

    answer = sign_in(browser, page, holder(Role.CLERK, east))

    assert (offered(answer), links(answer)) == ([], [])
    assert DRAFTS not in browser.session


def test_who_signed_out_leaves_nobody_to_keep_a_form_for(browser):
    form = form_on(browser.get(ADMIT), ADMIT)
    browser.post(reverse("accounts:sign_out"))

    browser.post(ADMIT, form.sent(name="李明"), follow=True)

    assert WHOSE not in browser.cookies or not browser.cookies[WHOSE].value
    assert DRAFTS not in browser.session


def test_a_forged_note_of_whose_session_it_was_keeps_nothing(browser, secretary):
    form = form_on(browser.get(ADMIT), ADMIT)
    lose_session(browser)
    browser.cookies[WHOSE] = f"{secretary.pk}:1uHxYz:forged"

    browser.post(ADMIT, form.sent(name="李明"), follow=True)

    assert DRAFTS not in browser.session


def test_the_note_of_whose_session_it_was_is_read_by_no_script(browser):
    browser.get(ADMIT)
    note = browser.cookies[WHOSE]

    assert (note["httponly"], note["samesite"]) == (True, "Lax")


def form_with(answer, field):
    return next(form for form in read(answer).posting() if field in form.fields)


def admin_page(name, *args):
    return reverse(f"admin:organizations_unit_{name}", args=args)


@pytest.fixture
def office(client, staff):
    """A browser in which the street's staff has signed in to the record management."""
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    return client


def test_pages_of_record_management_keep_it_too(office, staff, east, time_machine):
    page = admin_page("add")
    form = form_with(office.get(page), "name")
    time_machine.shift(dt.timedelta(minutes=31))
    page_of_sign_in = office.post(
        page, form.sent(name="第一中学", host=east.pk), follow=True
    )
    [address] = offered(sign_in(office, page_of_sign_in, staff))

    restored = form_with(office.get(address), "name")
    office.post(address, restored.sent(sector="5"))

    assert restored.value("name") == "第一中学"
    assert Unit.objects.get().name == "第一中学"
    assert DRAFTS not in office.session


def test_a_correction_and_an_end_in_record_management_are_kept(
    office, staff, east, time_machine
):
    unit = UnitFactory(name="第一中学", host=east)
    kept = {}
    for page, typed in (
        (admin_page("change", unit.pk), {"name": "第二中学"}),
        (admin_page("end", unit.pk), {"reason": "已搬迁"}),
    ):
        name = next(iter(typed))
        form = form_with(office.get(page), name)
        time_machine.shift(dt.timedelta(minutes=31))
        late = office.post(page, form.sent(**typed), follow=True)
        answer = office.get(*offered(sign_in(office, late, staff)))
        kept[name] = form_with(answer, name).value(name)

    assert kept == {"name": "第二中学", "reason": "已搬迁"}
    assert Unit.objects.get().ended_on is None
