"""Months of which there are no figures: they say so, and show no zero."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from core.registries.chores import chores
from exchange.actions import run_chore
from figures.actions import recount_requested
from figures.drilldown import figures_url, ratios_url
from figures.models import Figure
from figures.sums import DAILY_RECOUNT, explain_uncounted
from tests.factories.facilities import FacilityFactory
from tests.factories.figures import recount_all
from tests.reports.test_dashboard import CLOSING, create_members, get_dashboard

pytestmark = pytest.mark.django_db
MAY = dt.date(2026, 5, 1)


def test_a_month_of_zeros_that_was_counted_shows_zeros(
    client, officer, street, east, time_machine
):
    time_machine.move_to("2026-06-30T16:11:00+00:00")
    client.force_login(officer)
    page = get_dashboard(client, street, "2026-07")
    before = {card.text for card in page.context["cards"]}
    run_chore(chores.get(DAILY_RECOUNT))
    waiting = explain_uncounted(dt.date(2026, 7, 1))
    while recount_requested():
        pass

    page = get_dashboard(client, street, "2026-07")

    shown = {Decimal(card.text) for card in page.context["cards"]}
    assert (before, "本月尚未计算" in waiting, shown) == ({"—"}, True, {0})
    assert not page.context["uncounted"]
    assert explain_uncounted(dt.date(2026, 6, 1))


@pytest.mark.parametrize(
    ("month", "why"),
    [("2026-04", "记录从2026年6月开始"), ("2026-07", "本月尚未计算")],
)
def test_a_month_that_was_not_counted_has_no_numbers_and_says_why(
    client, officer, street, east, branch, month, why
):
    create_members(branch, 3)
    recount_all()
    Figure.objects.exclude(month=dt.date(2026, 6, 1)).delete()
    client.force_login(officer)

    page = get_dashboard(client, street, month)

    shown = {card.text for card in page.context["cards"]}
    below = {cell.text for row in page.context["rows"] for cell in row.numbers}
    assert (shown, below) == ({"—"}, {"—"})
    assert why in page.content.decode()
    summary = reverse("reports:summary", args=[street.pk, dt.date(2026, 4, 1)])
    assert summary not in page.content.decode()
    assert (
        why
        in client.get(
            reverse(
                "figures:list", args=[street.pk, dt.date.fromisoformat(f"{month}-01")]
            )
        ).content.decode()
    )


def test_of_a_month_before_the_first_member_there_are_no_members_and_no_zero(
    client, officer, east, branch
):
    FacilityFactory(organization=east)
    create_members(branch, 3)
    recount_all()
    client.force_login(officer)

    before, since = (get_dashboard(client, east, f"2026-0{n}") for n in (5, 6))

    cells = {card.key: (card.text, card.url) for card in before.context["cards"]}
    assert cells[CLOSING] == ("—", "")
    assert cells["members_developed"] == ("—", "")
    assert cells["meetings_members"][0] == "0"
    assert {row.numbers[0].text for row in before.context["rows"]} == {"—"}
    assert "2026年6月" in before.context["uncounted"]
    address = reverse("reports:summary", args=[east.pk, MAY])
    assert address not in {link.url for link in before.context["page_actions"]}
    assert since.context["uncounted"] == ""
    assert since.context["cards"][0].text == "3"


def test_before_the_first_member_all_other_figures_have_their_numbers(
    client, officer, east, branch
):
    FacilityFactory(organization=east)
    create_members(branch, 3)
    recount_all()
    client.force_login(officer)

    page = client.get(figures_url(east.pk, MAY)).context

    values = {row.record["key"]: row.record["value"] for row in page["table"].rows}
    assert values[CLOSING] is None
    assert values["facilities"] == 1
    assert "2026年6月" in page["uncounted"]
    ratios = client.get(ratios_url(east.pk, MAY)).context
    assert "2026年6月" in ratios["uncounted"]
