"""Late returns: how pages show them, and how often people are reminded."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Notice
from core.registries.todos import todos_for
from reports.actions import remind, return_for_correction
from reports.errors import RemindedToday
from reports.models import MonthlyReturn
from tests.factories.reports import JUNE, MonthlyReturnFactory, submit
from tests.messages import translated

NINTH = dt.datetime(2026, 7, 9, 2, tzinfo=dt.UTC)
TENTH = NINTH + dt.timedelta(days=1)


@pytest.fixture
def june(east):
    """The return of 东社区 of June, due on 6 July."""
    return MonthlyReturnFactory(organization=east, month=JUNE)


@pytest.fixture
def send_reminders(secretary, staff, django_capture_on_commit_callbacks):
    """Send reminders, and return the texts of the secretary's notices."""

    def send(row):
        before = set(Notice.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            remind(row.round, by=staff)
        notices = Notice.objects.filter(user=secretary).exclude(pk__in=before)
        return [notice.text for notice in notices]

    return send


def test_pages_show_by_how_many_days_a_return_was_late(client, staff, june):
    with time_machine.travel(NINTH, tick=False):
        submit(june)
        client.force_login(staff)
        addresses = (
            june.round.get_absolute_url(),
            reverse("reports:returns"),
            june.get_absolute_url(),
        )
        pages = [" ".join(client.get(u).content.decode().split()) for u in addresses]

    assert ["迟报 3 天" in page for page in pages] == [True] * 3


def test_a_return_submitted_on_its_due_day_is_not_late(june):
    with time_machine.travel(dt.datetime(2026, 7, 6, 15, tzinfo=dt.UTC), tick=False):
        row = submit(june)

    assert row.days_late == 0


def test_nobody_is_reminded_twice_on_one_day(june, send_reminders, staff):
    with time_machine.travel(NINTH, tick=False):
        first = send_reminders(june)
        with pytest.raises(RemindedToday):
            remind(june.round, by=staff)
    with time_machine.travel(TENTH, tick=False):
        second = send_reminders(june)

    assert (len(first), len(second)) == (1, 1)


def test_the_reminder_of_a_returned_return_says_so(june, staff, send_reminders):
    return_for_correction(submit(june), reason="请核对支委会次数", by=staff)

    [text] = send_reminders(june)

    assert "2026年6月 月报已退回，请修改后重新报送" in text


def test_a_reminder_is_no_edit_conflict_for_an_open_form(
    client, secretary, june, send_reminders
):
    client.force_login(secretary)
    url = reverse("reports:narrative", args=[june.pk])
    form = client.get(url).context["form"]
    token = form["version_token"].value()

    send_reminders(june)
    client.post(url, {"narrative": "召开党员大会一次。", "version_token": token})

    assert MonthlyReturn.objects.get(pk=june.pk).narrative == "召开党员大会一次。"


def test_the_desk_links_to_the_round_with_its_button(client, staff, june):
    with time_machine.travel(NINTH, tick=False):
        [todo] = [t for t in todos_for(staff, NINTH.date()) if "催办" in str(t.label)]
        client.force_login(staff)
        page = client.get(todo.url)

    assert todo.count == 1
    assert [str(button.label) for button in page.context["buttons"]] == [
        translated("Remind all who have not submitted")
    ]
