"""One's own dates as a calendar feed: private, revocable, and nobody else's."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.actions import (
    change_account,
    make_calendar_address,
    revoke_calendar_address,
    set_password,
)
from accounts.models import AuditEntry, CalendarAddress
from accounts.views.calendar import MAX_READS
from core.calendar_text import Appointment, escape, fold, write_calendar
from core.registries.todos import Todo, TodoSource, todo_sources
from tests.factories.members import MemberFactory, account_of
from tests.factories.volunteering import ClaimFactory, ShiftFactory

PAGE = reverse("accounts:calendar")
NOW = dt.datetime(2026, 6, 20, 2, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _nothing_read_yet():
    cache.clear()


@pytest.fixture
def member(branch):
    """周明, a member with an account."""
    return MemberFactory(organization=branch, name="周明")


@pytest.fixture
def account(member):
    """The account of 周明."""
    return account_of(member)


def feed(client, token):
    return client.get(reverse("accounts:calendar_feed", args=[token]))


def unfolded(answer):
    return answer.content.decode().replace("\r\n ", "").split("\r\n")


def claimed(member, title):
    begins = timezone.now() + dt.timedelta(days=3)
    shift = ShiftFactory(
        starts_at=begins, ends_at=begins + dt.timedelta(hours=2), post__title=title
    )
    return ClaimFactory(member=member, shift=shift)


def test_whoever_has_the_address_reads_their_own_shifts_and_nobody_elses(
    client, branch, member, account
):
    claimed(member, "周六清扫")
    claimed(MemberFactory(organization=branch), "他人的班次")
    token = make_calendar_address(account, by=account)

    answer = feed(client, token)

    titles = [line for line in unfolded(answer) if line.startswith("SUMMARY:")]
    assert titles == ["SUMMARY:周六清扫"]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]


def test_what_is_due_is_a_day_in_the_feed(client, staff):
    todo = Todo("月报待报送", "/returns/7/", 2, due_on=dt.date(2026, 7, 5))
    todo_sources.add(TodoSource("tests.due", lambda _user, _day: [todo]))
    try:
        token = make_calendar_address(staff, by=staff)
        lines = unfolded(feed(client, token))
    finally:
        del todo_sources._items["tests.due"]

    assert "DTSTART;VALUE=DATE:20260705" in lines
    assert "SUMMARY:月报待报送 (2)" in lines
    assert "URL:http://testserver/returns/7/" in lines


def test_a_revoked_address_opens_nothing(client, account):
    token = make_calendar_address(account, by=account)

    revoke_calendar_address(account, by=account)

    assert feed(client, token).status_code == 404


def test_a_new_address_ends_the_one_before(client, account):
    first = make_calendar_address(account, by=account)

    second = make_calendar_address(account, by=account)

    assert [feed(client, one).status_code for one in (first, second)] == [404, 200]


def test_the_address_of_a_closed_account_opens_nothing(client, account):
    token = make_calendar_address(account, by=account)
    type(account).objects.filter(pk=account.pk).update(is_active=False)

    assert feed(client, token).status_code == 404


def test_a_new_password_ends_an_address_that_somebody_else_may_have(client, account):
    token = make_calendar_address(account, by=account)

    set_password(account, password="Kapok-blossom-2026!")

    assert feed(client, token).status_code == 404


def test_a_reopened_account_does_not_open_an_old_address(client, account):
    token = make_calendar_address(account, by=account)

    change_account(account, by=None, is_active=False)
    change_account(account, by=None, is_active=True)

    assert feed(client, token).status_code == 404


def test_a_guessed_address_and_the_stored_digest_open_nothing(client, account):
    token = make_calendar_address(account, by=account)
    stored = CalendarAddress.objects.get().digest

    assert stored != token
    statuses = [feed(client, one).status_code for one in (stored, "x", token[:-1])]
    assert statuses == [404, 404, 404]


def test_an_address_opens_the_feed_and_no_page(client, account):
    feed(client, make_calendar_address(account, by=account))

    assert client.get(reverse("accounts:desk")).status_code == 302


def test_an_address_that_is_read_all_the_time_has_to_wait(client, account):
    token = make_calendar_address(account, by=account)

    statuses = [feed(client, token).status_code for _read in range(MAX_READS + 1)]

    assert (statuses[0], statuses[-1]) == (200, 429)


def test_the_page_shows_the_address_once_and_leaves_no_trace_of_it(client, account):
    client.force_login(account, "accounts.backends.UsernameOrPhone")
    key = client.get(PAGE).context["new_key"]()

    shown = client.post(PAGE, {"idempotency_key": key}).context["address"]
    again = client.get(PAGE)

    token = shown.rpartition("/")[2].removesuffix(".ics")
    entry = AuditEntry.objects.get(action="accounts.make_calendar_address")
    assert feed(client, token).status_code == 200
    assert token not in again.content.decode()
    assert token not in f"{entry.before} {entry.after} {entry.reason}"


def test_one_closes_the_address_on_the_page(client, account):
    client.force_login(account, "accounts.backends.UsernameOrPhone")
    token = make_calendar_address(account, by=account)
    key = client.get(PAGE).context["new_key"]()

    client.post(reverse("accounts:revoke_calendar"), {"idempotency_key": key})

    assert feed(client, token).status_code == 404


@pytest.mark.parametrize("text", ["短", "清扫" * 60, "a" * 200, "a" + "党" * 80])
def test_lines_are_folded_at_75_octets_and_never_inside_a_character(text):
    lines = fold(f"SUMMARY:{text}").split("\r\n")

    assert max(len(line.encode()) for line in lines) <= 75
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == f"SUMMARY:{text}"


def test_a_title_cannot_add_a_line_or_an_entry():
    hostile = "清扫\r\nEND:VEVENT\nBEGIN:VEVENT;a,b\\c\x0b"

    text = write_calendar(
        "日程",
        [Appointment("k", hostile, NOW)],
        base="https://jiedao.example/",
        now=NOW,
    )

    assert text.count("BEGIN:VEVENT\r\n") == 1
    assert escape(hostile) == "清扫\\nEND:VEVENT\\nBEGIN:VEVENT\\;a\\,b\\\\c"


def test_times_are_written_in_universal_time_and_days_as_days():
    text = write_calendar(
        "日程",
        [
            Appointment("a", "清扫", NOW, NOW + dt.timedelta(hours=2)),
            Appointment("b", "月报", dt.date(2026, 6, 20)),
        ],
        base="https://jiedao.example/",
        now=NOW,
    )

    assert "DTSTART:20260620T020000Z\r\nDTEND:20260620T040000Z\r\n" in text
    assert "DTSTART;VALUE=DATE:20260620\r\nDTEND;VALUE=DATE:20260621\r\n" in text
