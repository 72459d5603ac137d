"""Chores: daily ones once a day, none on a day that the installation doubts."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from core.months import month_of, today
from core.registries.chores import Chore, chores
from core.registries.todos import todos_for
from exchange.actions import confirm_today, run_chore
from exchange.actions.chores import RETRY
from exchange.errors import ClockInDoubt
from exchange.models import ChoreRun, KnownDay
from organizations.models import MonthState
from organizations.roles import Role
from reports.actions import accept_return, open_round
from reports.models import MonthlyReturn, ReturnRound
from tests.factories.accounts import holder
from tests.factories.organizations import StreetFactory

NOON = dt.datetime(2026, 6, 3, 4, tzinfo=dt.UTC)
ROUNDS = "reports.rounds"
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    """孙工 looks after the system."""
    return holder(Role.SYSTEM_ADMIN, name="孙工")


@pytest.fixture
def counted():
    """Return a daily chore that counts its runs, and the list of them."""
    runs = []

    def run():
        runs.append(today())
        return len(runs)

    return Chore("test.daily", run, daily_at=(0, 10)), runs


def test_a_daily_chore_is_done_once_after_its_hour_whichever_worker_asks(
    counted, time_machine
):
    chore, runs = counted
    for moment in ("02T16:09", "02T16:10", "03T02:00", "03T16:11"):
        time_machine.move_to(f"2026-06-{moment}:00+00:00")
        run_chore(chore)

    assert runs == [dt.date(2026, 6, 3), dt.date(2026, 6, 4)]


def test_a_daily_chore_that_had_nothing_to_do_is_tried_again_the_same_day(
    time_machine, city
):
    time_machine.move_to(NOON)
    run_chore(chores.get(ROUNDS))
    assert ChoreRun.objects.get(key=ROUNDS).done_on is None
    StreetFactory(parent=city)

    time_machine.shift(RETRY)
    run_chore(chores.get(ROUNDS))

    assert ReturnRound.objects.count() == 1
    assert ChoreRun.objects.get(key=ROUNDS).done_on == today()


def test_a_daily_chore_that_broke_off_is_tried_again_and_not_at_once(time_machine):
    time_machine.move_to(NOON)
    tries = []

    def break_off():
        tries.append(1)
        raise ZeroDivisionError

    chore = Chore("test.broken", break_off, daily_at=(0, 10))
    for minutes in (0, 1, 11):
        time_machine.move_to(NOON + dt.timedelta(minutes=minutes))
        run_chore(chore)

    assert len(tries) == 2


@pytest.mark.parametrize("jump", [15, 400, -15, -400, 3660])
def test_after_a_jump_of_the_clock_no_chore_opens_anything(
    jump, time_machine, street, east
):
    time_machine.move_to(NOON)
    run_chore(chores.get(ROUNDS))
    before = set(ReturnRound.objects.values_list("month", flat=True))

    time_machine.shift(dt.timedelta(days=jump))
    for chore in chores:
        run_chore(chore)

    assert set(ReturnRound.objects.values_list("month", flat=True)) == before
    daily = ChoreRun.objects.exclude(done_on=None)
    assert set(daily.values_list("done_on", flat=True)) == {NOON.date()}


def test_after_a_jump_of_the_clock_nobody_opens_or_closes_a_month(
    time_machine, street, east, staff, secretary
):
    time_machine.move_to(NOON)
    run_chore(chores.get(ROUNDS))
    filed = MonthlyReturn.objects.get(organization=east)

    time_machine.shift(dt.timedelta(days=400))

    with pytest.raises(ClockInDoubt, match="2026年6月3日"):
        open_round(street, month_of(today()), by=staff)
    with pytest.raises(ClockInDoubt):
        accept_return(filed, by=staff)
    assert ReturnRound.objects.count() == 1
    assert MonthState.objects.closed().count() == 0


def test_a_clock_put_right_needs_nobodys_word(time_machine, street):
    time_machine.move_to(NOON)
    run_chore(chores.get(ROUNDS))
    time_machine.move_to(NOON + dt.timedelta(days=400))
    run_chore(chores.get(ROUNDS))

    time_machine.move_to(NOON + dt.timedelta(days=1))
    run_chore(chores.get(ROUNDS))

    assert ChoreRun.objects.get(key=ROUNDS).done_on == today()
    assert KnownDay.objects.get().day == today()


def test_a_holiday_without_the_server_is_no_jump(time_machine, street):
    time_machine.move_to(NOON)
    run_chore(chores.get(ROUNDS))

    time_machine.shift(dt.timedelta(days=14))
    run_chore(chores.get(ROUNDS))

    assert ChoreRun.objects.get(key=ROUNDS).done_on == today()


def test_the_administrators_word_lets_the_installation_go_on(
    client, time_machine, street, admin
):
    time_machine.move_to(NOON)
    run_chore(chores.get(ROUNDS))
    time_machine.shift(dt.timedelta(days=400))
    client.force_login(admin, backend="accounts.backends.UsernameOrPhone")
    page = client.get(reverse("exchange:running")).content.decode()
    known = KnownDay.objects.get()

    client.post(reverse("exchange:confirm_today", args=[known.pk]))
    run_chore(chores.get(ROUNDS))

    assert "今天是2027年7月8日，继续运行" in page
    months = set(ReturnRound.objects.values_list("month", flat=True))
    assert months == {dt.date(2026, 6, 1), dt.date(2027, 7, 1)}
    entry = AuditEntry.objects.get(action="exchange.confirm_today")
    assert (entry.actor, entry.after) == (admin, {"day": "2027-07-08"})


def test_a_clock_in_doubt_waits_on_the_administrators_desk_alone(
    time_machine, street, admin, staff
):
    time_machine.move_to(NOON)
    run_chore(chores.get(ROUNDS))
    time_machine.shift(dt.timedelta(days=400))

    waiting = [
        [str(todo.label) for todo in todos_for(person, today())]
        for person in (admin, staff)
    ]

    told = "服务器日期可能有误，每日工作已暂停"
    assert (told in waiting[0], told in waiting[1]) == (True, False)


def test_a_confirmed_day_is_the_known_one(time_machine, admin):
    time_machine.move_to(NOON)
    known = KnownDay.objects.create(pk=1, day=dt.date(2020, 1, 1))

    confirm_today(known, by=admin)

    known.refresh_from_db()
    assert (known.day, known.confirmed_by) == (today(), admin)


def test_a_chore_of_every_few_seconds_notes_once_a_minute_that_it_ran(time_machine):
    time_machine.move_to(NOON, tick=False)
    chore = Chore("test.often", lambda: 0)
    noted = []
    for seconds in (0, 30, 31):
        time_machine.shift(dt.timedelta(seconds=seconds))
        run_chore(chore)
        noted.append(ChoreRun.objects.get(key=chore.key).tried_at - NOON)

    assert noted == [dt.timedelta(0), dt.timedelta(0), dt.timedelta(seconds=61)]


def test_a_chore_that_broke_off_is_not_noted_as_run():
    run_chore(Chore("test.broken", lambda: 1 // 0))

    assert not ChoreRun.objects.filter(key="test.broken").exists()
