"""Figures split into bands: each row in one band, each number opens to its rows."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest
from django.urls import reverse

from core.months import years_before
from figures.breakdowns import REST
from figures.composition import FEWEST, Part, compose, put_small_parts_together
from figures.counting import count_figure
from figures.definitions import Indicator, Kind, indicators
from figures.shares import format_share
from finance.actions import reverse_voucher
from finance.enums import IncomeSource
from members.enums import Category, Sex, StartReason
from members.indicators import GAINED
from organizations.actions import change_organization
from organizations.models import CodeItem
from organizations.month_tree import get_organization_at
from tests.exports import body, read_book
from tests.factories.cobuilding import TargetFactory, signed
from tests.factories.figures import recount_all
from tests.factories.finance import (
    DAY,
    FundFactory,
    IncomeFactory,
    posted,
)
from tests.factories.members import MemberFactory
from tests.factories.organizations import UnitFactory
from tests.factories.reports import JUNE
from tests.factories.volunteering import ServiceRecordFactory
from tests.figures.busy_june import happen
from tests.test_typed_facts import text_of

pytestmark = pytest.mark.django_db
END_OF_JUNE = dt.date(2026, 6, 30)


def page_of(client, place, key, by):
    """The page of a figure split in one way."""
    return client.get(reverse("figures:breakdown", args=[place.pk, JUNE, key, by]))


def lines_of(page):
    """The bands that a page shows, with number and share; those of nobody left out."""
    lines = page.context["lines"]
    return {str(x.label): (x.cell.text, x.share) for x in lines if x.cell.value}


def composed(place, key, by, *, readable=True):
    """A figure of June split in one way."""
    indicator = indicators.get(key)
    breakdown = next(one for one in indicator.breakdowns if one.key == by)
    at = get_organization_at(place.pk, JUNE)
    return compose(indicator, breakdown, at, JUNE, readable=readable)


def members_aged(branch, *ages, **kwargs):
    """Record members who turned these ages on the last day of June."""
    return [
        MemberFactory(
            organization=branch,
            birth_date=years_before(END_OF_JUNE, age),
            join_date=dt.date(2020, 5, 4),
            starts_on=dt.date(2026, 4, 10),
            reason=StartReason.RECORDED,
            **kwargs,
        )
        for age in ages
    ]


def test_the_bands_of_every_figure_make_the_figure(street, east, branch):
    happen(east, branch)
    at = get_organization_at(street.pk, JUNE)
    found = defaultdict(set)

    for indicator in indicators:
        for breakdown in indicator.breakdowns:
            values = compose(indicator, breakdown, at, JUNE, readable=True).whole.values
            counted = {band: number for band, number in values.items() if number}
            assert (indicator.key, counted) == (
                indicator.key,
                rows_by_band(indicator, breakdown, at),
            )
            assert sum(counted.values()) == count_figure(indicator, at, JUNE) > 0
            found[breakdown.key] |= set(counted)

    assert {key for key, bands in found.items() if len(bands) == 1} == set()


def rows_by_band(indicator, breakdown, at):
    """What each row adds to its figure, by the first band that alone would find it."""
    bands = breakdown.bands_in(JUNE)
    assert len({band.key for band in bands}) == len(bands)
    left, found = indicator.rows_within(at, JUNE), {}
    for band in bands:
        own = left.filter(band.where)
        if number := indicator.measure(own):
            found[band.key] = number
        left = left.exclude(pk__in=[row.pk for row in own])
    assert not left.exists()
    return found


@pytest.mark.mission("S2-47")
def test_a_birthday_decides_the_band_to_the_day(client, secretary, east, branch):
    members_aged(branch, 30, 31, 35, 36, 60, 61)
    MemberFactory(
        organization=branch,
        birth_date=years_before(END_OF_JUNE, 31) + dt.timedelta(days=1),
        join_date=dt.date(2020, 5, 4),
        starts_on=dt.date(2026, 4, 10),
    )  # 31 on the first of July
    client.force_login(secretary)

    page = page_of(client, east, "members_closing", "age")

    assert lines_of(page) == {
        "30岁及以下": ("2", "28.6 %"),
        "31至35岁": ("2", "28.6 %"),
        "36至40岁": ("1", "14.3 %"),
        "56至60岁": ("1", "14.3 %"),
        "61岁及以上": ("1", "14.3 %"),
    }


def test_bands_of_ages_are_those_that_the_office_keeps(client, secretary, east, branch):
    CodeItem.objects.filter(code_list="age_bands").delete()
    for code, label, least, most in (
        ("a_young", "45岁以下", "", "45"),
        ("b_old", "46岁以上", "46", ""),
    ):
        CodeItem.objects.create(
            code_list="age_bands",
            code=code,
            label=label,
            attributes={"min_age": least, "max_age": most},
        )
    members_aged(branch, 45, 46, 70)
    client.force_login(secretary)

    page = page_of(client, east, "members_closing", "age")

    assert [text for text, _share in lines_of(page).values()] == ["1", "2"]


@pytest.mark.mission("S0-12")
def test_each_number_opens_to_exactly_its_rows(client, secretary, east, branch):
    young, *_old = members_aged(branch, 28, 50, 70, category=Category.RETIRED)
    client.force_login(secretary)
    page = page_of(client, east, "members_closing", "age")
    opened = {}

    for line in page.context["lines"]:
        rows = client.get(line.cell.url)
        opened[str(line.label)] = rows.context["drilldown"]
        assert rows.context["drilldown"].value == line.cell.value

    names = [row.member.name for row in opened["30岁及以下"].rows]
    assert names == [young.name]
    assert sum(one.count for one in opened.values()) == 3


def test_places_below_and_the_place_itself_make_the_whole(
    client, staff, street, east, west, branch, west_branch
):
    members_aged(branch, 28, 50)
    members_aged(west_branch, 28)
    MemberFactory(
        organization=east, starts_on=dt.date(2026, 4, 10), reason=StartReason.RECORDED
    )
    client.force_login(staff)

    of_street = composed(street, "members_closing", "age")
    of_east = composed(east, "members_closing", "age")

    assert [(part.name, part.total) for part in of_street.parts] == [
        (east.name, 3),
        (west.name, 1),
    ]
    assert [(part.itself, part.total) for part in of_east.parts] == [
        (False, 2),
        (True, 1),
    ]
    page = page_of(client, east, "members_closing", "age")
    last = page.context["table"].rows[-2].record
    itself = client.get(last["total"].url).context["drilldown"]
    assert itself.value == 1


def test_what_is_not_recorded_is_a_band_of_its_own(client, secretary, east, branch):
    members_aged(branch, 40, education="")
    client.force_login(secretary)

    page = page_of(client, east, "members_closing", "education")

    assert lines_of(page) == {"未登记": ("1", "100.0 %")}
    rows = client.get(page.context["lines"][-1].cell.url)
    assert f"by=education&band={REST}" in page.context["lines"][-1].cell.url
    assert rows.context["drilldown"].count == 1


@pytest.mark.parametrize(
    "query", ["by=age&band=none", "by=no&band=rest", "by=age", "band=rest"]
)
def test_a_band_that_is_none_is_not_found(client, secretary, east, branch, query):
    client.force_login(secretary)

    url = reverse("figures:rows", args=[east.pk, JUNE, "members_closing"])

    assert client.get(f"{url}?by=age&band={REST}").context["drilldown"].count == 0
    assert client.get(f"{url}?{query}").status_code == 404


# ---- few people -----------------------------------------------------------------


def test_few_people_are_not_split_for_somebody_who_may_not_read_their_names(
    client, officer, east, branch
):
    members_aged(branch, *range(30, 30 + FEWEST - 1))
    client.force_login(officer)

    page = page_of(client, east, "members_closing", "age")

    assert page.context["lines"] == []
    assert len(page.context["table"].rows) == 0
    assert "不在这里分组" in text_of(page)


def test_many_people_are_split_without_a_way_to_their_rows(
    client, officer, east, branch
):
    members_aged(branch, *range(30, 30 + FEWEST))
    client.force_login(officer)

    page = page_of(client, east, "members_closing", "age")

    assert sum(line.cell.value for line in page.context["lines"]) == FEWEST
    assert {line.cell.url for line in page.context["lines"]} == {""}
    rows = reverse("figures:rows", args=[east.pk, JUNE, "members_closing"])
    assert client.get(f"{rows}?by=age&band=a31_35").status_code == 403


@pytest.mark.parametrize(
    ("totals", "shown"),
    [
        ((30, 20), [30, 20]),
        ((30, 4, 20), [30, 24]),
        ((30, 4, 5, 20), [30, 29]),
        ((30, 4, 8), [30, 12]),
        ((4, 8), [12]),
        ((30, 0, 20), [30, 20]),
    ],
)
def test_parts_of_few_people_never_stand_alone(totals, shown):
    parts = [Part(f"{n}", None, {"a": Decimal(n)}, people=n) for n in totals]

    together = put_small_parts_together(parts, ["a"])

    assert [part.total for part in together] == shown


def test_hours_are_not_people(client, officer, east):
    records = [
        ServiceRecordFactory(
            claim__shift__post__organization=east,
            hours=Decimal("2.5"),
            confirmed=True,
        )
        for _person in range(FEWEST // 2)
    ]
    client.force_login(officer)
    (month,) = {record.month for record in records}

    args = [east.pk, month, "service_hours", "age"]
    page = client.get(reverse("figures:breakdown", args=args))

    assert page.context["composition"].whole.total >= FEWEST
    assert page.context["lines"] == []


def test_people_are_counted_where_their_branch_lay_in_that_month(
    client, officer, street, east, west, branch
):
    members_aged(branch, *range(30, 30 + FEWEST))
    change_organization(branch, by=None, on=dt.date(2026, 7, 1), parent=west)
    client.force_login(officer)

    page = page_of(client, street, "members_closing", "age")

    assert [part.people for part in page.context["composition"].parts] == [FEWEST]
    assert page.context["composition"].parts[0].name == east.name


# ---- money, and figures that cannot be split ---------------------------------------


@pytest.mark.mission("S0-02", "S0-03")
def test_income_is_split_by_its_source_and_put_back_at_its_source(client, staff, east):
    fund = FundFactory(organization=east)
    for amount, source, recurring in (
        ("600", IncomeSource.SUPERIOR, True),
        ("300", IncomeSource.UNIT, False),
        ("100", IncomeSource.UNIT, False),
    ):
        voucher = posted(
            IncomeFactory(
                fund=fund,
                amount=Decimal(amount),
                source=source,
                is_recurring=recurring,
            )
        )
    posted(
        reverse_voucher(
            voucher, by=voucher.entered_by, reason="记错了", happened_on=DAY
        )
    )
    client.force_login(staff)

    by_source = page_of(client, east, "income", "source")
    by_recurring = page_of(client, east, "income", "recurring")

    assert lines_of(by_source) == {
        "上级拨付": ("600.00", "66.7 %"),
        "驻区单位赞助": ("300.00", "33.3 %"),
    }
    assert lines_of(by_recurring) == {
        "每年都有（经常性）": ("600.00", "66.7 %"),
        "一次性": ("300.00", "33.3 %"),
    }


@pytest.mark.mission("S4-13")
def test_agreements_in_force_are_split_by_the_sector_of_the_unit(client, staff, east):
    for sector, on in (
        ("5", dt.date(2026, 6, 30)),
        ("5", dt.date(2026, 6, 1)),
        ("8", dt.date(2026, 5, 1)),
        ("2", dt.date(2026, 7, 1)),
        ("2", None),
    ):
        unit = UnitFactory(host=east, sector=sector)
        agreement = TargetFactory(
            agreement__unit=unit, agreement__organization=east
        ).agreement
        if on:
            signed(agreement, on)
    client.force_login(staff)

    page = page_of(client, east, "agreements_in_force", "sector")

    assert lines_of(page) == {"学校": ("2", "66.7 %"), "社会组织": ("1", "33.3 %")}


def test_a_negative_part_and_a_part_of_nothing_have_no_share():
    assert [
        format_share(Decimal(value), Decimal(whole))
        for value, whole in ((1, 3), (-1, 3), (0, 0), (1, -2))
    ] == ["33.3 %", "", "", ""]


def test_persons_counted_once_cannot_be_split():
    """A person in two bands would make more people than there are."""
    once = Indicator("x", "人", "人", Kind.FLOW, GAINED, distinct="member")

    assert once.breakdowns == ()


def test_the_page_s_table_leaves_as_numbers(client, secretary, east, branch):
    members_aged(branch, 28, 50, sex=Sex.MALE)
    client.force_login(secretary)
    url = reverse("figures:breakdown", args=[east.pk, JUNE, "members_closing", "sex"])

    file = body(client.get(url, {"export": "xlsx"}))

    assert read_book(file)[-1] == {
        "党组织": "合计",
        "男": 2,
        "女": 0,
        "合计": 2,
    }


# ---- the list of every figure ------------------------------------------------------


def figures_of(client, place):
    """The rows of the list of every figure, by figure."""
    page = client.get(reverse("figures:list", args=[place.pk, JUNE]))
    return {row.record["key"]: row for row in page.context["table"].rows}


def test_every_figure_is_listed_with_its_number_and_its_pages(
    client, secretary, east, branch
):
    members_aged(branch, 28, 50)
    recount_all()
    client.force_login(secretary)

    rows = figures_of(client, east)

    assert set(rows) == {i.key for i in indicators}
    members = rows["members_closing"]
    assert members.get_cell("value") == "2"
    for url, _label in members.record["breakdowns"]:
        assert client.get(url).context["composition"].whole.total == 2


def test_the_dashboard_leads_to_the_composition_and_to_every_figure(
    client, secretary, east
):
    client.force_login(secretary)

    page = client.get(reverse("reports:dashboard_of", args=[east.pk]))

    links = {str(link.label): link.url for link in page.context["page_actions"]}
    for label in ("党员构成", "全部指标"):
        assert client.get(links[label]).status_code == 200
