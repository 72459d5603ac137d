"""The dashboard and the month's workbook: right, scoped, at a constant cost."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AccessEntry
from core.months import last_day, month_of, today
from figures.definitions import indicators
from figures.models import Figure
from members.enums import StartReason
from organizations.actions import change_organization
from organizations.month_tree import get_organization_at
from reports.dashboards.growth import compute_growth
from reports.dashboards.overview import build_overview
from tests.factories.figures import recount_all
from tests.factories.members import CheckInFactory, MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, publish
from tests.factories.volunteering import PostFactory
from tests.messages import translated

CLOSING = "members_closing"


def create_members(branch, count, day=dt.date(2026, 6, 1)):
    """Members of a branch who transferred in on a day."""
    return MemberFactory.create_batch(count, organization=branch, starts_on=day)


def get_dashboard(client, organization, month="2026-06"):
    """The response of an organization's dashboard."""
    url = reverse("reports:dashboard_of", args=[organization.pk])
    return client.get(url, {"month": month})


@pytest.mark.mission("S0-41", "S2-01")
def test_each_tier_shows_its_children_and_their_sum(
    client, officer, city, street, east, west, branch, west_branch
):
    create_members(branch, 3)
    create_members(west_branch, 2)
    recount_all()
    client.force_login(officer)

    page = get_dashboard(client, street).context

    rows = [(row.name, row.numbers[0].text) for row in page["rows"]]
    assert rows == [("东社区", "3"), ("西社区", "2")]
    assert page["cards"][0].text == "5"
    assert [
        row.numbers[0].text for row in get_dashboard(client, city).context["rows"]
    ] == ["5"]


def test_every_number_of_the_dashboard_links_to_as_many_rows(
    client, staff, street, branch, west_branch
):
    create_members(branch, 3)
    create_members(west_branch, 2)
    recount_all()
    client.force_login(staff)

    page = get_dashboard(client, street).context

    numbers = [number for row in page["rows"] for number in row.numbers]
    assert {"2", "3", "5"} <= {number.text for number in [*page["cards"], *numbers]}
    for number in [*page["cards"], *numbers]:
        drilldown = client.get(number.url).context["drilldown"]
        assert drilldown.value == Decimal(number.text)


def test_what_counts_at_the_place_itself_has_a_line_of_its_own(east, branch):
    create_members(branch, 2)
    recount_all()

    keys = [CLOSING, "members_checked_in"]
    overview = build_overview(get_organization_at(east.pk, JUNE), JUNE, keys)

    assert [row.values[CLOSING] for row in overview.children] == [2]
    assert overview.rest == {}


def test_the_numbers_of_the_place_itself_open_to_its_own_rows_alone(
    client, staff, east, branch
):
    create_members(branch, 2)
    CheckInFactory(community=east, on=JUNE)
    PostFactory(organization=east)
    recount_all()
    client.force_login(staff)

    page = get_dashboard(client, east).context

    opened = {}
    for number in page["rest"]:
        drilldown = client.get(number.url).context["drilldown"]
        assert drilldown.value == Decimal(number.text)
        opened[str(number.label)] = drilldown.count
    labels = [indicators.get(k).label_in(JUNE) for k in (CLOSING, "members_checked_in")]
    assert [opened[label] for label in labels] == [0, 1]


def test_coverage_says_how_many_of_how_many_are_accepted(
    client, officer, city, street, east, west, foreign
):
    publish(MonthlyReturnFactory(organization=east))
    client.force_login(officer)

    page = get_dashboard(client, city).context

    assert (page["whole"].accepted, page["whole"].filing) == (1, 3)
    assert [(row.accepted, row.filing) for row in page["rows"]] == [(1, 2), (0, 1)]


def test_a_community_moved_away_is_still_in_last_month_s_table(
    client, officer, street, other_street, east, branch
):
    create_members(branch, 2)
    change_organization(east, by=None, on=dt.date(2026, 7, 1), parent=other_street)
    recount_all()
    client.force_login(officer)

    june = [row.name for row in get_dashboard(client, street).context["rows"]]
    july = [
        row.name for row in get_dashboard(client, street, "2026-07").context["rows"]
    ]

    assert (june, july) == (["东社区"], [])


def test_a_person_s_own_dashboard_is_of_their_highest_place(client, secretary, east):
    client.force_login(secretary)

    answer = client.get(reverse("reports:dashboard"), {"month": "2026-06"})

    own = reverse("reports:dashboard_of", args=[east.pk])
    assert answer.headers["Location"] == f"{own}?month=2026-06"


def test_nothing_of_the_other_street_is_on_the_page(client, staff, street, foreign):
    client.force_login(staff)

    page = get_dashboard(client, street).content.decode()

    assert "柳岸" not in page
    assert "望江" not in page


def test_a_month_before_the_records_has_no_workbook(client, officer, street, branch):
    create_members(branch, 1)
    recount_all()
    Figure.objects.filter(month__lt=dt.date(2026, 6, 1)).delete()
    client.force_login(officer)

    answer = client.get(
        reverse("reports:summary", args=[street.pk, dt.date(2026, 4, 1)]), follow=True
    )

    assert answer.redirect_chain[-1][0].endswith("?month=2026-04")
    assert "记录从2026年6月开始" in answer.content.decode()


def test_a_month_before_the_place_existed_is_not_there(client, staff, street):
    client.force_login(staff)

    assert get_dashboard(client, street, "1999-01").status_code == 404


def test_the_dashboard_costs_the_same_for_three_communities_or_thirty(
    client, officer, street
):
    client.force_login(officer)
    costs = []
    for communities in (3, 30):
        for community in CommunityFactory.create_batch(communities, parent=street):
            create_members(BranchFactory(parent=community), 1)
        recount_all()
        with CaptureQueriesContext(connection) as queries:
            get_dashboard(client, street)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_the_figures_of_a_place_are_read_in_five_queries(
    east, west, foreign, city, django_assert_num_queries
):
    organization = get_organization_at(city.pk, JUNE)

    with django_assert_num_queries(5):
        build_overview(organization, JUNE, [CLOSING, "members_women"])
        compute_growth(city.pk, JUNE, CLOSING)


# Growth ------------------------------------------------------------


@pytest.mark.mission("S0-11", "S0-13")
def test_growth_is_computed_over_the_first_value(street, branch):
    present = 0
    totals = [
        (2022, 12, 14),
        (2023, 12, 19),
        (2024, 12, 28),
        (2025, 12, 32),
        (2026, 6, 35),
    ]
    for year, month, total in totals:
        day = last_day(dt.date(year, month, 1))
        create_members(branch, total - present, day)
        present = total
    recount_all()

    growth = compute_growth(street.pk, JUNE, CLOSING)

    assert [int(point.value) for point in growth.points] == [14, 19, 28, 32, 35]
    assert growth.intervals == 4
    assert growth.percent == Decimal("150.0")
    assert growth.percent_text == "+150.0 %"


def test_a_short_history_is_shown_month_by_month(street, branch):
    create_members(branch, 4, dt.date(2026, 4, 1))
    create_members(branch, 1, dt.date(2026, 6, 1))
    recount_all()

    growth = compute_growth(street.pk, JUNE, CLOSING)

    assert [(p.month.month, int(p.value)) for p in growth.points] == [
        (4, 4),
        (5, 4),
        (6, 5),
    ]
    assert growth.percent_text == "+25.0 %"


def test_without_members_there_is_no_growth(street):
    assert compute_growth(street.pk, JUNE, CLOSING).percent is None


# The month's workbook ------------------------------------------------------------


def get_workbook(client, organization, *, formulas=False):
    """The downloaded workbook, read by another library."""
    answer = client.get(reverse("reports:summary", args=[organization.pk, JUNE]))
    return load_workbook(BytesIO(answer.content), data_only=not formulas)


def get_sheet(client, organization):
    """Its first sheet, with the values of its formulas."""
    return get_workbook(client, organization).worksheets[0]


@pytest.fixture
def two_communities(branch, west_branch, east, west):
    """东社区 with three members, its June accepted; 西社区 with two, still a draft."""
    create_members(branch, 3)
    create_members(west_branch, 2)
    publish(MonthlyReturnFactory(organization=east))
    recount_all()


def test_the_sheet_has_a_row_for_each_community_and_their_totals(
    client, officer, street, two_communities
):
    client.force_login(officer)

    sheet = get_sheet(client, street)

    rows = list(sheet.iter_rows(min_row=6, max_row=8, values_only=True))
    assert [row[1] for row in rows] == ["东社区", "西社区", None]
    assert rows[2][0] == "合计"
    heads = [cell.value for cell in sheet[5]]
    arrivals = heads.index("转入")
    assert [row[arrivals] for row in rows] == [3, 2, 5]
    states = get_workbook(client, street)["报送情况"]
    found = list(states.iter_rows(min_row=4, max_row=5, values_only=True))
    assert [row[1:3] for row in found] == [("东社区", "已接收"), ("西社区", "填报中")]
    assert [row[5] is not None for row in found] == [True, False]


def test_a_row_names_the_street_of_its_community_on_every_tier(
    client, officer, city, street, east, two_communities
):
    client.force_login(officer)

    sheets = [get_sheet(client, organization) for organization in (city, street, east)]

    names = [[sheet["A6"].value, sheet["B6"].value] for sheet in sheets]
    assert names == [["长安街道", "东社区"]] * 3


def test_the_sheet_states_month_units_and_how_many_are_accepted(
    client, officer, street, two_communities
):
    client.force_login(officer)

    sheet = get_sheet(client, street)

    assert sheet["A1"].value == "长安街道社区党建工作月报表（2026年6月）"
    assert sheet["A2"].value == (
        "所属月份：2026年6月　　已接收：1/2　　填报单位：中共长安街道委员会　　"
        "单位：人、次、个、人次"
    )
    types = {cell.data_type for row in sheet.iter_rows(min_row=6) for cell in row}
    assert types == {"n", "s"}


def test_headings_span_the_columns_of_their_group(
    client, officer, street, two_communities
):
    client.force_login(officer)

    sheet = get_sheet(client, street)

    merged = {
        str(area): sheet[area.coord.split(":")[0]].value
        for area in sheet.merged_cells.ranges
    }
    assert merged["A3:A5"] == "街道"
    assert "党员队伍" in merged.values()
    assert sheet.freeze_panes == "C6"


def test_the_same_month_gives_the_same_bytes(client, officer, street, two_communities):
    client.force_login(officer)
    address = reverse("reports:summary", args=[street.pk, JUNE])

    assert client.get(address).content == client.get(address).content


def test_downloading_the_workbook_is_recorded(client, officer, street, two_communities):
    client.force_login(officer)

    get_sheet(client, street)

    entry = AccessEntry.objects.get()
    assert (entry.actor, entry.organization) == (officer, street)
    assert entry.details == {"month": "2026-06", "rows": 2}


def test_the_page_of_summaries_offers_the_streets_below_the_city(
    client, officer, city, street, other_street
):
    client.force_login(officer)

    page = client.get(reverse("reports:summaries"), {"month": "2026-06"})

    labels = [link.label for link in page.context["links"]]
    assert labels == ["临江市", "长安街道", "望江街道"]


def test_members_developed_count_in_their_own_column(client, officer, street, branch):
    MemberFactory(organization=branch, starts_on=JUNE, reason=StartReason.DEVELOPED)
    recount_all()
    client.force_login(officer)

    sheet = get_sheet(client, street)

    heads = [cell.value for cell in sheet[5]]
    assert sheet.cell(6, heads.index("发展") + 1).value == 1


@pytest.mark.parametrize("month", ["2100-01", "9999-12", "1800-01", "2026-13", "x"])
def test_a_month_beyond_all_records_shows_the_current_one(client, officer, city, month):
    client.force_login(officer)

    page = get_dashboard(client, city, month)

    assert page.context["month"] == month_of(today())


@pytest.mark.parametrize(
    "page",
    ["reports:dashboard_of", "figures:rows", "reports:summary", "reports:summaries"],
)
def test_a_month_that_has_not_begun_has_no_figures(client, officer, street, page):
    client.force_login(officer)
    urls = {
        "reports:dashboard_of": ([street.pk], "?month=2026-08"),
        "figures:rows": ([street.pk, dt.date(2026, 8, 1), CLOSING], ""),
        "reports:summary": ([street.pk, dt.date(2026, 8, 1)], ""),
        "reports:summaries": ([], "?month=2026-08"),
    }
    arguments, query = urls[page]

    url = reverse(page, args=arguments) + query
    answer = client.get(url, follow=True)

    texts = [str(message) for message in answer.context["messages"]]
    months = {"month": "2026年8月", "running": "2026年7月"}
    not_begun = (
        "%(month)s has not begun yet, so it has no figures. This is %(running)s."
    )
    assert texts == [translated(not_begun, **months)]
    assert "2026年7月" in answer.content.decode()


def test_a_text_that_is_not_a_month_is_ignored_with_a_message(client, officer, street):
    client.force_login(officer)

    url = reverse("reports:dashboard_of", args=[street.pk])
    answer = client.get(url, {"month": "2026-13"})

    texts = [str(message) for message in answer.context["messages"]]
    no_month = "“%(text)s” is not a month such as 2026-11: the current month is shown."
    assert texts == [translated(no_month, text="2026-13")]
    assert answer.context["month"] == dt.date(2026, 7, 1)
