"""Numbers that can hardly be meant are refused, asked about, or marked."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from core.errors import ConstraintViolated
from core.web.edit_conflicts import VERSION_TOKEN
from reports.actions import report_line, submit_return
from reports.errors import NoSuchNumber, OddNumber
from reports.models import MonthlyReturn, ReturnLine
from reports.returns.cells import build_cells
from reports.returns.plausibility import odd_above
from tests.factories.reports import JUNE, MonthlyReturnFactory, publish
from tests.html import hidden
from tests.messages import message, refusal_of, rule, says

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MAY = dt.date(2026, 5, 1)
REASON = "四次在上级党校上课"


def text_of(response):
    """A page as its reader sees it."""
    return response.content.decode()


@pytest.fixture
def june(east, roll):
    """The June return of 东社区."""
    return MonthlyReturnFactory(organization=east, month=JUNE)


def line_of(row, indicator):
    return row.round.form.lines.get(indicator=indicator)


def report(row, indicator, value, by, **kwargs):
    values = {"value": Decimal(value), "reason": REASON, "by": by, **kwargs}
    return report_line(row, line_of(row, indicator), **values)


@pytest.mark.parametrize("reason", ["测试", "1", "啊啊啊啊啊啊", "测试测试测试"])
def test_an_explanation_says_something(june, secretary, reason):
    with pytest.raises(
        ConstraintViolated, match=rule("returnline_reason_says_something")
    ):
        report(june, "meetings_lessons", 2, secretary, reason=reason)

    assert june.lines.count() == 0


@pytest.mark.parametrize(
    ("indicator", "most"),
    [("meetings_lessons", 999), ("posts_open", 9_999), ("claims_made", 999_999)],
)
def test_a_number_beyond_its_unit_is_refused_by_name(june, secretary, indicator, most):
    allowed = refusal_of(NoSuchNumber, value=f"{most + 1}")

    with pytest.raises(NoSuchNumber, match=allowed):
        report(june, indicator, most + 1, secretary, confirmed=True)
    assert report(june, indicator, most, secretary, confirmed=True).reported == most


def test_the_database_refuses_a_number_beyond_its_unit(june, secretary):
    line = report(june, "meetings_lessons", 4, secretary)
    rows = ReturnLine.objects.filter(pk=line.pk)

    with pytest.raises(DatabaseError, match="beyond_its_unit"), transaction.atomic():
        rows.update(reported=Decimal(1000))
    assert rows.get().reported == 4


@pytest.mark.parametrize(
    ("computed", "largest", "limit"),
    [(0, None, 50), (0, 14, 64), (40, 14, 120), (2, 100, 300)],
)
def test_odd_is_what_exceeds_records_and_recent_months_threefold_and_by_fifty(
    computed, largest, limit
):
    known = None if largest is None else Decimal(largest)

    assert odd_above(Decimal(computed), known) == limit


def test_an_odd_number_is_refused_until_it_is_confirmed(june, secretary):
    with pytest.raises(OddNumber):
        report(june, "meetings_lessons", 51, secretary)

    assert report(june, "meetings_lessons", 51, secretary, confirmed=True).pk
    assert report(june, "meetings_lessons", 50, secretary).reported == 50


def test_what_was_published_before_is_the_yardstick(east, roll, secretary):
    may = MonthlyReturnFactory(organization=east, month=MAY)
    report(may, "claims_made", 45, secretary)
    publish(may)
    june = MonthlyReturnFactory(organization=east, month=JUNE)

    assert report(june, "claims_made", 135, secretary).reported == 135
    with pytest.raises(OddNumber):
        report(june, "claims_made", 136, secretary)

    cell = next(c for c in build_cells(june) if c.line.indicator == "claims_made")
    assert (cell.last, cell.largest, cell.is_odd) == (45, 45, False)


def test_the_form_asks_once_more_and_the_reviewer_sees_the_mark(
    client, june, secretary, staff
):
    client.force_login(secretary)
    url = reverse("reports:line", args=[june.pk, line_of(june, "claims_made").pk])
    typed = {"value": "999", "reason": REASON}

    token = hidden(client.get(url), VERSION_TOKEN)
    asked = client.post(url, {**typed, VERSION_TOKEN: token})
    assert says(text_of(asked), refusal_of(OddNumber, value="999"))
    assert june.lines.count() == 0

    client.post(url, {**typed, VERSION_TOKEN: token, "confirmed": "on"})
    submit_return(MonthlyReturn.objects.get(pk=june.pk), by=secretary)
    client.force_login(staff)
    page = client.get(june.get_absolute_url())
    marked = [c for _h, cells in page.context["groups"] for c in cells if c.is_odd]
    assert [cell.line.indicator for cell in marked] == ["claims_made"]
    assert says(text_of(page), message("Far above what the records say: please check."))
