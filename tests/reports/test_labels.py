"""A label with a threshold shows the one in force in the month shown."""

import datetime as dt
import json
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from figures.definitions import indicators
from organizations.actions import set_threshold
from organizations.enums import ThresholdKey
from reports.models import ReturnFormLine
from tests.factories.figures import FigureFactory
from tests.factories.reports import JULY, JUNE, MonthlyReturnFactory, publish

UP_TO_35, UP_TO_40 = "35岁及以下", "40岁及以下"


@pytest.fixture(autouse=True)
def forty_from_july(street):
    """Members count as young up to 40 from 1 July on, up to 35 before."""
    set_threshold(key=ThresholdKey.YOUNG_AGE, value=40, by=None, starts_on=JULY)


@pytest.fixture
def returns(east):
    """The returns of 东社区 of June and of July."""
    return [MonthlyReturnFactory(organization=east, month=m) for m in (JUNE, JULY)]


def labels_in(text):
    """Which of the two labels a text contains."""
    return [label for label in (UP_TO_35, UP_TO_40) if label in text]


def labels_on(client, urls):
    """Which of the two labels each page contains."""
    return [labels_in(client.get(url).content.decode()) for url in urls]


def test_the_return_s_page_and_paper_name_the_number_of_their_month(
    client, secretary, returns
):
    client.force_login(secretary)
    papers = [reverse("reports:paper", args=[row.pk]) for row in returns]

    pages = labels_on(client, [row.get_absolute_url() for row in returns])

    assert pages == [[UP_TO_35], [UP_TO_40]]
    assert labels_on(client, papers) == [[UP_TO_35], [UP_TO_40]]


def test_the_workbook_names_the_number_of_its_month(client, officer, street, returns):
    client.force_login(officer)

    labels = []
    for month in (JUNE, JULY):
        answer = client.get(reverse("reports:summary", args=[street.pk, month]))
        sheet = load_workbook(BytesIO(answer.content)).active
        labels.append(labels_in(" ".join(str(cell.value) for cell in sheet[4])))

    assert labels == [[UP_TO_35], [UP_TO_40]]


def test_the_list_of_a_figure_s_rows_names_the_number_of_its_month(
    client, officer, east
):
    client.force_login(officer)
    urls = [
        reverse("figures:rows", args=[east.pk, month, "members_young"])
        for month in (JUNE, JULY)
    ]

    assert labels_on(client, urls) == [[UP_TO_35], [UP_TO_40]]


def test_the_dashboard_names_the_number_of_its_month(
    client, officer, street, monkeypatch
):
    monkeypatch.setattr("reports.views.dashboard.MAIN", ("members_young",))
    monkeypatch.setattr("reports.views.dashboard.CLOSING", "members_young")
    client.force_login(officer)
    url = reverse("reports:dashboard_of", args=[street.pk])

    urls = [f"{url}?month={month}" for month in ("2026-06", "2026-07")]

    assert labels_on(client, urls) == [[UP_TO_35], [UP_TO_40]]


def test_the_published_content_names_the_number_of_its_month(returns):
    june = publish(returns[0])

    lines = json.loads(bytes(june.content))["lines"]

    labels = [x["label"] for x in lines if x["indicator"] == "members_young"]
    assert labels == [UP_TO_35]


def test_the_admin_names_the_number_of_each_figure_s_month(client, staff, east):
    for month in (JUNE, JULY):
        FigureFactory(organization=east, month=month, indicator="members_young")
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")

    page = client.get(reverse("admin:figures_figure_changelist"))

    assert labels_in(page.content.decode()) == [UP_TO_35, UP_TO_40]


def test_a_label_that_an_office_wrote_itself_stays_as_written(returns):
    line = ReturnFormLine.objects.get(indicator="members_young")
    line.label = "青年党员（占比%）"

    assert line.label_in(JULY) == "青年党员（占比%）"


def test_without_a_month_the_number_is_written_as_n():
    young = indicators.get("members_young")

    assert young.fill_label(str(young.label), None) == "N岁及以下"
    assert young.label_in(dt.date(2026, 6, 1)) == UP_TO_35
