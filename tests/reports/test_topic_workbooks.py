"""Workbooks on a topic: funds, co-building, structure of the members, check-in."""

import datetime as dt
from decimal import ROUND_DOWN, Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from core.web.idempotency import KEY
from exchange.actions.jobs import run_next_job
from exchange.models import Job
from exchange.stored_files import read_file
from figures.models import Figure
from figures.ratios import find_figure, ratios
from members.enums import StartReason
from reports.workbooks.orders import WorkbookOrder
from reports.workbooks.periods import PeriodKind, period_of
from reports.workbooks.topic_values import read_topic_period
from reports.workbooks.topic_workbook import write_topic
from reports.workbooks.topics import FigureSheet, RatioSheet, SplitSheet, topics
from tests.factories.figures import recount_all
from tests.factories.finance import FundFactory, IncomeFactory, posted
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE
from tests.figures.busy_june import happen
from tests.html import hidden

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 7, 2)
KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)


@pytest.fixture
def counted(roll, east, branch, west_branch):
    """A busy June in 东社区, and one member of 西社区."""
    happen(east, branch)
    MemberFactory(
        organization=west_branch,
        starts_on=dt.date(2026, 6, 3),
        reason=StartReason.RECORDED,
    )
    recount_all()


def written(key, place, reader, kind=PeriodKind.QUARTER, month=JUNE):
    """The bytes of a topic's workbook of a place."""
    over = read_topic_period(place, period_of(kind, month))
    body, _rows = write_topic(
        topics.get(key), over, reader=reader, compiled_by="赵敏", on=DAY
    )
    return body


def sheets(body, *, values):
    """The sheets of a workbook, as formulas or as the values they gave."""
    return openpyxl.load_workbook(BytesIO(body), data_only=values).worksheets


@pytest.mark.parametrize("topic", topics, ids=lambda topic: topic.key)
def test_every_sheet_of_a_topic_names_figures_that_exist(topic):
    for sheet in topic.sheets:
        if isinstance(sheet, FigureSheet):
            assert all(find_figure(key) for key in sheet.keys)
        elif isinstance(sheet, SplitSheet):
            keys = [one.key for one in find_figure(sheet.key).breakdowns]
            assert sheet.by in keys
        else:
            assert isinstance(sheet, RatioSheet)
            assert len([ratios.get(key) for key in sheet.keys]) <= 4


@pytest.mark.parametrize("kind", KINDS)
def test_totals_are_formulas_whose_values_are_right(counted, street, staff, kind):
    for topic in topics:
        body = written(topic.key, street, staff, kind)
        both = zip(sheets(body, values=False), sheets(body, values=True), strict=True)
        for formulas, shown in list(both)[:-1]:
            checked = [
                cell
                for row in formulas.iter_rows()
                for cell in row
                if str(cell.value).startswith("=SUM(")
            ]
            for cell in checked:
                first, last = cell.value.removeprefix("=SUM(").rstrip(")").split(":")
                parts = [x.value or 0 for (x,) in shown[f"{first}:{last}"]]
                assert shown[cell.coordinate].value == pytest.approx(sum(parts))
            assert checked, shown.title


def test_a_share_is_a_formula_over_both_of_its_numbers(counted, street, staff):
    body = written("structure", street, staff)
    formulas, shown = (
        next(one for one in sheets(body, values=values) if one.title == "党员占比")
        for values in (False, True)
    )
    found = 0
    for row in formulas.iter_rows():
        for cell in row:
            if str(cell.value).startswith("=ROUNDDOWN("):
                names = cell.value.removeprefix("=ROUNDDOWN(").split(",")[0]
                part, whole = (Decimal(shown[x].value) for x in names.split("/"))
                quotient = (part / whole).quantize(Decimal("0.0001"), ROUND_DOWN)
                assert Decimal(str(shown[cell.coordinate].value)) == quotient <= 1
                found += 1
    assert found >= 8


def test_a_sheet_says_whose_it_is_and_leaves_room_to_sign(counted, street, staff):
    [first, *_others] = sheets(written("funds", street, staff), values=True)
    texts = [str(c.value) for row in first.iter_rows() for c in row if c.value]

    assert street.name in texts[0]
    assert "2026年第2季度" in texts[0]
    assert "单位：元" in texts[1]
    assert street.full_name in texts[1]
    assert all(word in texts[-1] for word in ("制表人", "审核人", "盖章"))


def test_nothing_is_wider_than_a4_takes_at_nine_points(counted, street, staff):
    for topic in topics:
        for sheet in sheets(written(topic.key, street, staff), values=True):
            width = sum(column.width for column in sheet.column_dimensions.values())
            assert 12 * 135 / max(width, 135) >= 9, sheet.title


def test_the_balance_of_a_fund_adds_up_over_the_quarter(street, east, staff):
    fund = FundFactory(organization=east)
    posted(IncomeFactory(fund=fund, amount=Decimal("1200.50")))
    recount_all()
    [first, *_others] = sheets(written("funds", street, staff), values=True)
    rows = [[c.value for c in row] for row in first.iter_rows()]
    line = next(row for row in rows if row[0] == east.name)

    opening, income, spending, closing = line[1:5]
    assert (opening or 0) + income - spending == closing


def test_a_balance_that_nobody_knows_is_no_zero(street, east, staff):
    fund = FundFactory(organization=east)
    posted(IncomeFactory(fund=fund, amount=Decimal("1200.50")))
    recount_all()
    first = Figure.objects.earliest("month").month
    body = written("funds", street, staff, kind=PeriodKind.MONTH, month=first)
    [sheet, *_others] = sheets(body, values=True)
    rows = {row[0].value: [c.value for c in row] for row in sheet.iter_rows()}
    heading = next(row for row in rows.values() if "期初余额" in row)
    opening = heading.index("期初余额")

    found = [rows[name][opening] for name in (east.name, "合计")]
    assert found == [None, "无数据"]


def test_a_worker_writes_the_topic_that_was_asked_for(client, counted, street, staff):
    client.force_login(staff)
    url = reverse("reports:periods")
    values = {"organization": street.pk, "kind": "month", "month": "2026-06"}
    values |= {"topic": "structure", KEY: hidden(client.get(url), KEY)}
    client.post(url, values)
    assert run_next_job()

    job = Job.objects.select_related("file").get()
    assert job.percent == 100
    assert job.file.sha256 in job.message
    names = [sheet.title for sheet in sheets(read_file(job.file.path), values=True)]
    assert names[0] == "党员总表"


def test_a_topic_is_not_compared_month_by_month(client, street, staff):
    client.force_login(staff)
    url = reverse("reports:periods")
    values = {"organization": street.pk, "kind": "compare", "topic": "funds"}
    values |= {"month": "2026-06", "since": "2026-04"}
    client.post(url, {**values, KEY: hidden(client.get(url), KEY)})

    assert not Job.objects.exists()


def test_months_that_were_not_counted_make_no_workbook(street):
    assert read_topic_period(street, period_of(PeriodKind.MONTH, JUNE)) is None


def test_an_order_from_before_there_were_topics_is_still_read():
    order = WorkbookOrder.parse("7/quarter/2026-04/2026-06/zh-hans/")

    assert (order.topic, order.group) == ("", "")
    assert WorkbookOrder.parse(str(order)) == order


def test_the_end_of_june_is_not_called_the_end_of_the_year(counted, street, staff):
    quarter = sheets(written("structure", street, staff), values=True)[0]
    year = sheets(written("structure", street, staff, PeriodKind.YEAR), values=True)[0]

    assert "本季末党员数" in [c.value for row in quarter.iter_rows() for c in row]
    cells = [c.value for row in year.iter_rows() for c in row]
    assert "本年末党员数" not in cells
    assert "2026年7月末党员数" in cells
