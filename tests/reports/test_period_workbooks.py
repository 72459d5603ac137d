"""Quarters, years and comparisons as workbooks."""

import datetime as dt
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from core.web.idempotency import KEY
from exchange.actions.jobs import run_next_job
from exchange.models import Job
from exchange.stored_files import read_file
from figures.definitions import Kind, indicators
from members.enums import StartReason
from organizations.actions import change_organization
from reports.actions import open_round
from reports.models import MonthlyReturn, ReturnFormLine
from reports.returns.balance import net_change
from reports.workbooks.comparison_workbook import lines_of, write_comparison
from reports.workbooks.orders import list_groups
from reports.workbooks.period_workbook import write_period
from reports.workbooks.periods import Period, PeriodKind, period_of, read_period
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.organizations import CommunityFactory
from tests.factories.reports import publish
from tests.html import hidden
from tests.messages import says

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE = (dt.date(2026, month, 1) for month in (4, 5, 6))
DAY = dt.date(2026, 7, 2)


@pytest.fixture
def counted(roll, branch, west, west_branch):
    """Three members of 东社区 since April, and one of 西社区 who came in June."""
    MemberFactory(
        organization=west_branch,
        starts_on=dt.date(2026, 6, 3),
        reason=StartReason.RECORDED,
    )
    recount_all()


def quarter(street):
    """Return the second quarter of the street."""
    return read_period(street, period_of(PeriodKind.QUARTER, JUNE))


def year(street):
    """Return the year of the street."""
    return read_period(street, period_of(PeriodKind.YEAR, JUNE))


def sheets(body, *, values):
    """Return the sheets of a workbook, as formulas or as the values they gave."""
    return openpyxl.load_workbook(BytesIO(body), data_only=values).worksheets


def rows_of(sheet):
    """Return the rows of a sheet that have content."""
    return [row for row in sheet.iter_rows(values_only=True) if any(row)]


def test_a_quarter_has_three_months_and_a_year_twelve():
    first = period_of(PeriodKind.QUARTER, dt.date(2026, 5, 1))
    assert (first.first, first.last) == (APRIL, JUNE)
    assert period_of(PeriodKind.YEAR, JUNE).last == dt.date(2026, 12, 1)


def test_months_to_come_are_left_away():
    months = period_of(PeriodKind.YEAR, JUNE).months
    assert months[-1] == dt.date(2026, 7, 1)


def test_what_happened_is_added_up_and_a_stock_is_the_last_one(
    counted, street, east, west
):
    found = {row.pk: row.values for row in quarter(street).rows}

    assert found[east.pk]["members_opening"] == 0
    assert found[east.pk]["members_other_gain"] == 3
    assert found[east.pk]["members_closing"] == 3
    assert found[west.pk]["members_other_gain"] == 1
    assert found[west.pk]["members_closing"] == 1


def test_opening_plus_what_happened_is_the_closing_of_a_period(counted, street):
    for row in quarter(street).rows:
        values = row.values
        gains = ("members_developed", "members_in", "members_other_gain")
        losses = ("members_out", "members_died", "members_other_loss")
        change = sum(values.get(key, 0) for key in gains) - sum(
            values.get(key, 0) for key in losses
        )
        total = values["members_opening"] + change + values.get("adjustment", 0)
        assert total == values["members_closing"]


@pytest.fixture
def founded(counted, street, branch):
    """南社区, founded in May, to which the branch of 东社区 came with its three."""
    south = CommunityFactory(
        name="南社区", code="south", parent=street, starts_on=dt.date(2026, 5, 10)
    )
    change_organization(branch, by=None, on=dt.date(2026, 5, 20), parent=south)
    recount_all()
    return south


def test_a_community_founded_within_a_period_opens_with_nothing(founded, street, east):
    found = read_period(street, Period(PeriodKind.QUARTER, MAY, JUNE))
    values = {row.pk: row.values for row in found.rows}
    assert values[founded.pk]["members_opening"] == 3

    values = {row.pk: row.values for row in quarter(street).rows}
    assert values[founded.pk]["members_opening"] is None
    assert values[founded.pk]["members_closing"] == 3


@pytest.mark.parametrize("key", ["members_opening", "adjustment", "members_closing"])
def test_two_sheets_of_a_period_have_the_same_totals(founded, street, key):
    book = sheets(
        write_period(quarter(street), compiled_by="赵敏", on=DAY), values=True
    )
    label = {
        "members_opening": "上季末",
        "adjustment": "期初调整",
        "members_closing": "本季末",
    }[key]
    theme = next(
        s for s in book if label in [c.value for r in s.iter_rows() for c in r]
    )
    column = next(c.column for r in theme.iter_rows() for c in r if c.value == label)
    total = next(r for r in theme.iter_rows() if r[0].value == "合计")
    months = next(s for s in book if s.title == "逐月情况")
    by_month = next(row for row in rows_of(months) if row[1] == label)

    assert total[column - 1].value == by_month[-1]


def test_a_branch_that_moves_within_a_period_leaves_its_row_balanced(
    founded, street, east
):
    found = quarter(street)
    values = {row.pk: row.values for row in found.rows}
    assert values[east.pk]["adjustment"] == -3
    assert values[founded.pk]["adjustment"] == 3
    for row in found.rows:
        opening = row.values["members_opening"] or 0
        change = net_change(row.values) + row.values["adjustment"]
        assert opening + change == row.values["members_closing"]


def texts_of(period):
    """Return all text of each sheet of a period's workbook, by its title."""
    book = sheets(write_period(period, compiled_by="赵敏", on=DAY), values=True)
    return {
        sheet.title: "".join(str(cell) for row in rows_of(sheet) for cell in row)
        for sheet in book
    }


def test_the_sheets_name_the_places_whose_branches_moved(founded, street):
    texts = texts_of(quarter(street))
    concerned = [
        title
        for title, text in texts.items()
        if ("本季末" in text or "期初调整" in text) and title != "指标说明"
    ]
    assert len(concerned) == 3
    assert all("东社区 −3、南社区 +3" in texts[title] for title in concerned)


def test_a_period_without_moves_says_nothing_of_them(counted, street):
    text = "".join(texts_of(quarter(street)).values())
    assert "划入" not in text
    assert "期初、期末空白" not in text


def test_a_month_before_the_records_is_missing_and_said(counted, street):
    found = year(street)
    body = write_period(found, compiled_by="赵敏", on=DAY)

    assert min(found.counted) == APRIL
    text = [str(cell) for row in rows_of(sheets(body, values=True)[0]) for cell in row]
    assert any("2026年4月" in cell for cell in text)


def test_totals_are_formulas_whose_saved_values_are_right(counted, street):
    body = write_period(quarter(street), compiled_by="赵敏", on=DAY)
    formulas, values = sheets(body, values=False), sheets(body, values=True)
    checked = 0
    for written, shown in zip(formulas, values, strict=True):
        for row in written.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                checked += 1
                value = shown[cell.coordinate].value
                assert value == evaluate(cell.value, shown)
    assert checked > 20


def evaluate(formula, sheet):
    """Return what one of our formulas gives."""
    text = formula.removeprefix("=")
    if text.startswith("SUM("):
        cells = sheet[text[4:-1]]
        return sum(c.value or 0 for row in cells for c in row)
    if "-" in text:
        left, right = text.split("-")
        return sheet[left].value - sheet[right].value
    return sheet[text].value


def test_what_is_counted_once_is_counted_anew_and_not_summed(
    counted, street, east, monkeypatch
):
    key = "members_other_gain"
    flow = indicators.get(key)
    once = replace(flow, distinct="member", kind=Kind.FLOW)
    monkeypatch.setitem(indicators._items, key, once)
    found = quarter(street)

    assert found.totals[key] == 4
    assert {row.pk: row.values[key] for row in found.rows}[east.pk] == 3


def test_the_themes_of_a_quarter_speak_of_the_quarter(counted, street):
    body = write_period(quarter(street), compiled_by="赵敏", on=DAY)
    text = "".join(
        str(cell) for row in rows_of(sheets(body, values=True)[0]) for cell in row
    )

    assert "2026年第2季度" in text
    assert "本季末" in text
    assert "本月末" not in text


def test_the_states_of_the_returns_stand_by_month(counted, street, east):
    open_round(street, JUNE, by=None)
    publish(MonthlyReturn.objects.get(organization=east))
    found = quarter(street)
    body = write_period(found, compiled_by="赵敏", on=DAY)
    states = next(s for s in sheets(body, values=True) if s.title == "报送情况")

    assert any("已接收" in row for row in rows_of(states))


def comparison(street):
    """Return April to June of the street."""
    return read_period(street, Period(PeriodKind.COMPARISON, APRIL, JUNE))


def test_a_comparison_has_places_by_months_with_the_difference(counted, street):
    body = write_comparison(
        comparison(street), group="党员队伍", compiled_by="赵敏", on=DAY
    )
    sheet = next(s for s in sheets(body, values=True) if s.title.endswith("本月末"))
    found = {row[1]: row[2:6] for row in rows_of(sheet) if row[1]}

    assert found["东社区"] == (3, 3, 3, 0)
    assert found["西社区"] == (0, 0, 1, 1)
    total = next(row for row in rows_of(sheet) if row[0] == "合计")
    assert total[2:6] == (3, 3, 4, 1)


def test_a_theme_of_a_comparison_is_read_alone(counted, street):
    themes = list_groups()
    assert themes[:2] == ["党员队伍", "党员队伍·其中"]
    assert "组织生活·补充项目" in themes
    assert not {"其中", "补充项目"} & set(themes)

    lines = lines_of(comparison(street), "党员队伍·其中")
    assert {line.heading for line in lines} == {"其中"}
    body = write_comparison(
        comparison(street), group="党员队伍·其中", compiled_by="赵敏", on=DAY
    )
    assert all("党员队伍·其中" in s["A1"].value for s in sheets(body, values=True))


def test_the_chart_of_differences_shows_losses_too(counted, street):
    body = write_comparison(
        comparison(street), group="党员队伍", compiled_by="赵敏", on=DAY
    )
    with zipfile.ZipFile(BytesIO(body)) as book:
        charts = [book.read(name) for name in book.namelist() if "charts/chart" in name]

    assert charts
    assert not any(b'<c:min val="0"' in chart for chart in charts)


def test_the_difference_is_a_formula(counted, street):
    body = write_comparison(
        comparison(street), group="党员队伍", compiled_by="赵敏", on=DAY
    )
    cells = [c for s in sheets(body, values=False) for r in s.iter_rows() for c in r]
    assert any(str(c.value).startswith("=E") and "-C" in str(c.value) for c in cells)


def test_a_worker_writes_what_was_asked_for_on_the_page(client, counted, street, staff):
    client.force_login(staff)
    url = reverse("reports:periods")
    assert url in client.get(reverse("reports:summaries")).content.decode()
    values = {"organization": street.pk, "kind": "quarter", "month": "2026-06"}
    answer = client.post(url, {**values, KEY: hidden(client.get(url), KEY)})
    assert run_next_job()

    job = Job.objects.select_related("file").get()
    assert (job.percent, job.row_count) == (100, 2)
    assert job.file.sha256 in job.message
    assert says(client.get(answer.url).content.decode(), "2026年第2季度")
    names = [sheet.title for sheet in sheets(read_file(job.file.path), values=True)]
    assert {"逐月", "报送情况", "指标口径"} <= set(names) or len(names) > 4


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "quarter", "month": "2026-08"},
        {"kind": "compare", "month": "2026-06", "since": "2026-06"},
        {"kind": "compare", "month": "2026-06", "since": "2025-01"},
    ],
)
def test_months_that_make_no_workbook_are_refused_on_the_form(
    client, street, staff, values
):
    client.force_login(staff)
    url = reverse("reports:periods")
    key = hidden(client.get(url), KEY)
    answer = client.post(url, {"organization": street.pk, **values, KEY: key})

    assert answer.status_code == 200
    assert not Job.objects.exists()


def test_nothing_is_wider_than_a4_takes_at_nine_points(counted, street):
    bodies = [
        write_period(year(street), compiled_by="赵敏", on=DAY),
        write_comparison(comparison(street), group="", compiled_by="赵敏", on=DAY),
    ]
    for body in bodies:
        for sheet in sheets(body, values=True):
            width = sum(column.width for column in sheet.column_dimensions.values())
            assert 12 * 135 / max(width, 135) >= 9, sheet.title


def test_units_of_ten_thousand_stay_exact(counted, street):
    lines = ReturnFormLine.objects.filter(divisor=10_000)
    assert lines.exists()
    assert all(isinstance(v, Decimal) for v in quarter(street).rows[0].values.values())
