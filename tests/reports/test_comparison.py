"""Each number stands beside last month's, the difference, the year's total, a mark."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from communities.enums import MeetingKind
from figures.definitions import indicators
from reports.actions import report_line
from reports.models import PublishedMonth
from reports.returns.cells import build_cells
from reports.returns.document import build_document
from reports.returns.plausibility import Missing, Odd, RecentMonths, find_oddity
from reports.returns.printing import describe_year
from reports.returns.year_totals import recount_distinct, total_of_year
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, publish
from tests.messages import says

pytestmark = pytest.mark.django_db
APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)
REASON = "四次在上级党校上课"


def cell_of(row, indicator):
    return next(c for c in build_cells(row) if c.line.indicator == indicator)


def published(organization, month, by, **numbers):
    """A month of a community, accepted with the lessons that it reports."""
    row = MonthlyReturnFactory(organization=organization, month=month)
    for indicator, value in numbers.items():
        line = row.round.form.lines.get(indicator=indicator)
        report_line(row, line, value=Decimal(value), reason=REASON, by=by)
    publish(row)
    return row


@pytest.fixture
def spring(east, roll, secretary):
    """April with four lessons and May with seven, published."""
    published(east, APRIL, secretary, meetings_lessons=4)
    published(east, MAY, secretary, meetings_lessons=7)


def test_each_number_has_last_months_the_difference_and_the_years_total(
    client, east, branch, roll, spring, secretary
):
    june = MonthlyReturnFactory(organization=east, month=JUNE)
    MeetingFactory(
        organization=branch, held_on=JUNE, kind=MeetingKind.LESSON, chair=roll[0]
    )

    cell = cell_of(june, "meetings_lessons")

    assert (cell.reported, cell.last_text, cell.change_text) == (1, "7", "−6")
    assert cell.year_text == "12"
    client.force_login(secretary)
    paper = client.get(reverse("reports:paper", args=[june.pk])).content.decode()
    page = client.get(june.get_absolute_url()).content.decode()
    for text in (page, paper):
        assert says(text, "本年累计含 3 个月")
        assert says(text, "−6")


def test_a_number_at_month_end_has_no_total(east, roll, spring):
    june = MonthlyReturnFactory(organization=east, month=JUNE)

    assert cell_of(june, "members_closing").year is None
    assert cell_of(june, "members_closing").last == len(roll)


def test_a_line_that_is_younger_than_the_year_says_of_how_many_months(
    east, roll, spring
):
    june = MonthlyReturnFactory(organization=east, month=JUNE)
    line = june.round.form.lines.get(indicator="meetings_lessons")
    recent = RecentMonths(JUNE, {MAY: {"meetings_lessons": Decimal(7)}, APRIL: {}})

    total = total_of_year(east.pk, "meetings_lessons", Decimal(5), recent)

    assert describe_year(line, total) == "12（2 个月）"


def test_a_whole_year_names_no_months():
    january = dt.date(2026, 1, 1)
    recent = RecentMonths(
        january, {dt.date(2025, 12, 1): {"meetings_lessons": Decimal(9)}}
    )

    total = total_of_year(1, "meetings_lessons", Decimal(2), recent)

    assert (total.value, total.published, total.elapsed) == (2, 1, 1)


def test_paper_says_once_that_nothing_is_published_of_last_month(
    client, east, roll, secretary
):
    may = MonthlyReturnFactory(organization=east, month=MAY)
    client.force_login(secretary)
    paper = client.get(reverse("reports:paper", args=[may.pk])).content.decode()

    assert paper.count(str(Missing.NO_RECORDS.label)) == 1
    assert says(paper, "上月：尚无记录。")
    assert not says(paper, "（上月")

    publish(may)
    june = MonthlyReturnFactory(organization=east, month=JUNE)
    assert build_document(june).last_note == ""


def test_a_full_stop_stands_between_explanation_and_computed_number(
    east, roll, secretary
):
    june = MonthlyReturnFactory(organization=east, month=JUNE)
    line = june.round.form.lines.get(indicator="meetings_lessons")
    for reason in (REASON, f"{REASON}。"):
        report_line(june, line, value=Decimal(4), reason=reason, by=secretary)
        june.refresh_from_db()

        assert cell_of(june, "meetings_lessons").explanation == (
            f"{REASON}。计算数：0。"
        )


def test_who_is_counted_once_is_counted_once_in_the_year(east, branch):
    member = MemberFactory(organization=branch, starts_on=APRIL)
    once = replace(indicators.get("members_closing"), distinct="member")

    rows = once.rows(MAY).count() + once.rows(JUNE).count()

    assert (rows, recount_distinct(once, east.pk, [MAY, JUNE])) == (2, 1)
    assert member.pk


def test_no_records_not_accepted_not_asked_and_zero_are_four_things(
    east, roll, secretary
):
    may = MonthlyReturnFactory(organization=east, month=MAY)
    assert cell_of(may, "meetings_lessons").no_last == Missing.NO_RECORDS

    june = MonthlyReturnFactory(organization=east, month=JUNE)
    assert cell_of(june, "meetings_lessons").no_last == Missing.NOT_ACCEPTED

    publish(may)
    assert cell_of(june, "meetings_lessons").last_text == "0"

    ((_pk, _month, without),) = PublishedMonth.objects.all().read_figures()
    del without["meetings_theme_days"]
    recent = RecentMonths(JUNE, {MAY: without}, filed=True)
    assert recent.why_no_last("meetings_theme_days") == Missing.NOT_ASKED
    texts = {one.label for one in Missing}
    assert len(texts) == 3
    assert "0" not in texts


HISTORY = {
    dt.date(2026, month, 1): {
        "meetings_lessons": Decimal(2),
        "members_closing": Decimal(100),
    }
    for month in (3, 4, 5)
}


@pytest.mark.parametrize(
    ("indicator", "reported", "odd"),
    [
        ("meetings_lessons", 0, Odd.NONE_AT_ALL),
        ("meetings_lessons", 1, None),
        ("meetings_lessons", 53, Odd.FAR_ABOVE),
        ("members_closing", 121, Odd.FAR_FROM_LAST),
        ("members_closing", 79, Odd.FAR_FROM_LAST),
        ("members_closing", 120, None),
        ("members_closing", 80, None),
    ],
)
def test_what_is_odd_is_measured_by_the_places_own_months(indicator, reported, odd):
    recent = RecentMonths(JUNE, HISTORY)

    assert find_oddity(indicator, Decimal(reported), Decimal(), recent) == odd


def test_none_at_all_is_not_odd_while_the_month_runs_or_history_is_short():
    july = RecentMonths(dt.date(2026, 7, 1), HISTORY)
    short = RecentMonths(JUNE, dict(list(HISTORY.items())[1:]))

    for recent in (july, short):
        assert find_oddity("meetings_lessons", Decimal(), Decimal(), recent) is None


def test_the_page_says_why_a_number_is_odd(client, east, roll, secretary):
    for month in (dt.date(2026, 3, 1), APRIL, MAY):
        published(east, month, secretary, meetings_lessons=3)
    june = MonthlyReturnFactory(organization=east, month=JUNE)
    client.force_login(secretary)

    page = client.get(june.get_absolute_url()).content.decode()

    assert cell_of(june, "meetings_lessons").is_odd
    assert says(page, "本月为 0，而已发布的 3 个月每月都不少于 3，请核对。")


def test_theme_days_are_counted_and_printed(client, east, branch, roll, secretary):
    june = MonthlyReturnFactory(organization=east, month=JUNE)
    MeetingFactory(
        organization=branch, held_on=JUNE, kind=MeetingKind.THEME_DAY, chair=roll[0]
    )
    client.force_login(secretary)

    paper = client.get(reverse("reports:paper", args=[june.pk])).content.decode()

    assert cell_of(june, "meetings_theme_days").reported == 1
    assert says(paper, "主题党日 1 次")


def test_paper_names_last_month_cell_by_cell_where_some_line_has_a_number(
    east, roll, spring
):
    june = build_document(MonthlyReturnFactory(organization=east, month=JUNE))
    first, *others = june.cells
    lacking = replace(first, last=None, no_last=Missing.NO_RECORDS)

    assert replace(june, cells=[lacking, *others]).last_note == ""
    assert replace(june, cells=[lacking]).last_note == "上月：尚无记录。"
