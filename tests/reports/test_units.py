"""The unit of every figure stands beside it, wherever its number is shown."""

import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEntry
from core.audit.presentation import present_changes
from figures.admin import FigureAdmin
from figures.definitions import indicators
from figures.models import Figure
from organizations.month_tree import get_organization_at
from reports.actions import report_line
from reports.errors import FixedFigure
from reports.returns.printing import format_line
from reports.workbooks.summary import build_summary
from reports.workbooks.summary_workbook import write_summary
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, publish, submit

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 7, 2)


def cells_of(content, tag):
    """Return the texts of all elements of a kind."""
    found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", content, flags=re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", text).split()) for text in found]


def says_unit(texts, label, unit):
    """Whether one of the texts has the label and the unit."""
    return any(label in text and unit in text for text in texts)


@pytest.fixture
def june(east, west, branch):
    """The draft of 东社区 for June."""
    MemberFactory(organization=branch, starts_on=JUNE)
    row = MonthlyReturnFactory(organization=east)
    recount_all()
    return row


def test_the_page_of_each_figure_says_its_unit_beside_every_number(
    client, officer, street, june
):
    client.force_login(officer)

    for indicator in indicators:
        url = reverse("figures:rows", args=[street.pk, JUNE, indicator.key])
        page = client.get(url)
        content, unit = page.content.decode(), str(indicator.unit)
        assert f"</strong> {unit}" in content, indicator.key
        if page.context["drilldown"].spread:
            heads = cells_of(content, "th")
            assert says_unit(heads, indicator.label_in(JUNE), unit), indicator.key


def test_the_dashboard_says_units_on_cards_in_its_table_and_at_its_chart(
    client, officer, street, june
):
    client.force_login(officer)
    url = reverse("reports:dashboard_of", args=[street.pk])

    page = client.get(url, {"month": "2026-06"})

    heads = cells_of(page.content.decode(), "th")
    for card in page.context["cards"]:
        assert says_unit(heads, str(card.label), str(card.unit)), card.label
        assert f"{card.text}</strong> {card.unit}" in page.content.decode()
    chart = page.context["chart"]
    assert chart["unit"]
    assert says_unit(heads, chart["title"], chart["unit"])


def test_the_return_says_the_unit_of_each_line_on_page_paper_and_workbook(
    client, secretary, street, june
):
    client.force_login(secretary)
    lines = list(june.round.form.lines.all())
    summary = build_summary(get_organization_at(street.pk, JUNE), JUNE)
    book = load_workbook(io.BytesIO(write_summary(summary, compiled_by="", on=ON)))
    sheets = [texts for sheet in book if _has_units(texts := _texts_of(sheet))]
    rows = cells_of(client.get(june.get_absolute_url()).content.decode(), "tr")
    paper = client.get(reverse("reports:paper", args=[june.pk])).content.decode()
    heads = [text for tag in ("th", "p", "li") for text in cells_of(paper, tag)]

    for line in lines:
        label = line.label_in(JUNE)
        assert says_unit(rows, label, line.unit), label
        [written] = [texts for texts in sheets if any(label in text for text in texts)]
        for texts in (heads, written):
            is_count = line.divisor == 1 and line.unit != "小时"
            beside = says_unit(texts, label, line.unit)
            assert beside or (is_count and line.unit in _unit_line(texts)), label


def _texts_of(sheet):
    """Return the texts of a sheet's cells."""
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value]


def _has_units(texts):
    """Whether a sheet says above its table in which units it counts."""
    return bool(re.search(r"(?<!填报)单位：", "\n".join(texts)))


def _unit_line(texts):
    """Return the line above a table that lists the units of its counts."""
    (listed,) = re.findall(r"(?<!填报)单位：\s*(\S+)", "\n".join(texts))
    return listed.split("、")


def test_a_refusal_that_names_an_amount_says_its_unit(june, secretary):
    line = june.round.form.lines.get(indicator="spending")

    with pytest.raises(FixedFigure) as refusal:
        report_line(june, line, value=7, reason="漏记", by=secretary)

    assert "0.00 元" in str(refusal.value)


def test_the_admin_lists_each_figure_with_its_unit(june):
    shown = {
        figure.indicator: FigureAdmin.formatted_value(None, figure)
        for figure in Figure.objects.filter(month=JUNE)
    }

    assert shown
    for key, text in shown.items():
        assert text.endswith(str(indicators.get(key).unit)), key


def test_the_log_of_a_return_says_the_unit_of_every_number(june, secretary):
    submit(june, by=secretary)
    entry = AuditEntry.objects.about(june).latest("pk")

    lines = present_changes(entry.subject_type, entry.before, entry.after)

    labels = {line.label for line in lines}
    for indicator in indicators:
        if indicator.key in entry.after:
            unit = str(indicator.unit)
            assert says_unit(labels, indicator.label_in(JUNE), unit), indicator.key


def test_the_admin_shows_numbers_of_returns_in_the_form_s_unit(client, staff, june):
    row = publish(june)
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")

    for address in (
        reverse("admin:reports_monthlyreturn_change", args=[row.monthly_return_id]),
        reverse("admin:reports_publishedmonth_change", args=[row.pk]),
    ):
        content = client.get(address).content.decode()
        assert "0.00 万元" in content
        assert "3.00" not in content


def test_two_amounts_that_the_form_rounds_alike_are_told_apart(june):
    line = june.round.form.lines.get(indicator="spending")

    texts = [format_line(line, Decimal(text)) for text in ("12345.67", "12345.68")]

    assert texts == ["12,345.67 元", "12,345.68 元"]
