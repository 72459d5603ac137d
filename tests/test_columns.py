"""Columns that a reader chooses: the page, Excel and CSV have the same ones.

A list whose table has `further_columns` is tried here without being named; a new one
needs its rows in `FULL`.
"""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, resolve, reverse

from accounts.models import AccessEntry
from communities.actions import end_reserve, settle_visit
from communities.enums import ReserveOutcome
from core.web.bulk_actions import TICK_COLUMN
from core.web.columns import COLUMNS, anybody
from core.web.exports import KINDS
from members.actions import check_in
from members.enums import Category
from organizations.roles import Role
from tests.exports import (
    body,
    differences,
    exported_names,
    read_book,
    read_csv,
    rows_on_page,
    walk,
)
from tests.factories.accounts import holder
from tests.factories.communities import (
    ReserveFactory,
    SeatHoldingFactory,
    SeatPayFactory,
    VisitFactory,
)
from tests.factories.facilities import FacilityFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import CommunityFactory, UnitFactory
from tests.html import read
from tests.test_access_matrix import ACCESS, signed_in
from tests.test_long_lists import OFFICE, _one_city, every_hand  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
BACKEND = "accounts.backends.UsernameOrPhone"
FEW, MORE, A_PAGE = 3, 6, 2
REMARK, ADDRESS = "退役军人，熟悉电工", "珞喻路一百零一号"


def full_member():
    """A member of whom everything is recorded that a list can show."""
    return MemberFactory(
        ethnicity="土家族",
        education="61",
        join_date=dt.date(2010, 7, 1),
        join_precision="month",
        full_member_date=dt.date(2011, 7, 2),
        employer=UnitFactory(),
        landline="027-87654321",
        address=ADDRESS,
        remark=REMARK,
    )


def holder_of_a_seat():
    """A member who holds a seat, with sex and month of birth, from some group."""
    return SeatHoldingFactory(
        member=full_member(),
        recruited_from="graduate",
        works_since=dt.date(2018, 7, 1),
    )


def paid_holder_of_a_seat():
    """A member who is paid for a seat, with a grade."""
    return SeatPayFactory(holding=holder_of_a_seat(), grade="middle")


def former_reserve():
    """A member with a mentor who was on the list of reserves and took office."""
    reserve = ReserveFactory(member=full_member())
    return end_reserve(reserve, outcome=ReserveOutcome.TOOK_OFFICE, by=None)


def facility_with_works():
    """A facility in use of which everything is said, with works under way."""
    return FacilityFactory(
        location="二楼东侧",
        area=120,
        signs="党群活动室",
        real_use="会议、阅读",
        open_hours="每天9时至17时",
        shared_with="老年协会",
        lacks="投影仪",
        works="屋顶修缮",
        works_stage="under_way",
        works_due_on=dt.date(2026, 12, 1),
    )


def settled_visit():
    """A visit whose problem was solved."""
    return settle_visit(VisitFactory(), outcome="已修好", by=None)


FULL = {
    "communities:facilities": facility_with_works,
    "communities:holders": holder_of_a_seat,
    "communities:pay": paid_holder_of_a_seat,
    "communities:reserves": former_reserve,
    "communities:visits": settled_visit,
    "members:list": full_member,
}


def table_of(name):
    """The class of the table that an address shows, if it is a list without a key."""
    try:
        view = resolve(reverse(name)).func
    except NoReverseMatch:
        return None
    return getattr(getattr(view, "view_class", None), "table_class", None)


def lists_with_choice():
    """Every address whose list has columns to choose from."""
    return [
        name
        for name in sorted({*exported_names()})
        if getattr(table_of(name), "further_columns", None)
    ]


LISTS = lists_with_choice()


@pytest.fixture
def browser(client, city):
    """Whoever may open each list of an office."""
    client.force_login(every_hand(city), BACKEND)
    return client


def offered(answer):
    """The columns that a page lets its reader choose."""
    return [column.name for column in answer.context["table"].offer_columns()]


def headings(answer):
    """The headings of a page's table."""
    columns = answer.context["table"].columns
    return [str(column.header) for column in columns if column.name != TICK_COLUMN]


def test_every_list_with_columns_to_choose_from_has_full_rows():
    assert sorted(FULL) == LISTS


@pytest.mark.parametrize("name", LISTS)
def test_a_page_shows_its_usual_columns_and_offers_the_others(browser, name):
    FULL[name]()

    answer = browser.get(reverse(name))

    further = {*table_of(name).further_columns}
    (form,) = [one for one in read(answer).forms if COLUMNS in one.choices]
    boxes = answer.content.decode().count(f'name="{COLUMNS}"')
    shown = {column.name for column in answer.context["table"].columns}
    assert boxes == len(offered(answer)) > len(further)
    assert further <= {*offered(answer)}
    assert not further & shown
    assert form.method == "post"


@pytest.mark.both
@pytest.mark.parametrize("name", LISTS)
def test_chosen_columns_are_on_the_page_in_excel_and_in_csv(browser, name, monkeypatch):
    for _row in range(FEW):
        FULL[name]()
    address = reverse(name)
    answer = browser.get(address)
    monkeypatch.setattr(answer.context["view"].__class__, "paginate_by", A_PAGE)

    query = {COLUMNS: offered(answer)}
    shown = walk(browser, address, **query)
    book, text = (
        body(browser.get(address, {**query, "export": kind})) for kind in KINDS
    )

    labels = headings(browser.get(address, query))
    assert [[*row] for row in shown] == [labels] * FEW
    assert differences(read_book(book), shown) == []
    assert [[*row] for row in read_csv(text)] == [labels] * FEW
    assert [[bool(v) for v in row.values()] for row in read_csv(text)] == [
        [bool(v) for v in row.values()] for row in shown
    ]


@pytest.mark.parametrize("name", LISTS)
def test_each_column_is_shown_alone_and_has_a_value(browser, name):
    FULL[name]()
    address = reverse(name)

    for column in table_of(name).further_columns:
        answer = browser.get(address, {COLUMNS: column})

        (row,) = rows_on_page(answer)
        first, chosen = headings(answer)
        assert [*row] == [first, chosen], column
        assert row[chosen] or column in EMPTY_HERE, column


EMPTY_HERE = {"admitted_on", "skills", "ended_on", "end_reason", "ends_on"}
"""What a member on the rolls who transferred in, or a room in use, does not have."""


@pytest.mark.parametrize("name", LISTS)
def test_nobody_sees_a_column_that_they_may_not_choose(world, name):
    address, refused = reverse(name), set()
    further = table_of(name).further_columns

    for person, status in ACCESS[name].own.items():
        client = signed_in(world.people[person])
        if status != 200:
            assert client.get(address, {COLUMNS: [*further]}).status_code == status
            continue
        for column, how in further.items():
            answer = client.get(address, {COLUMNS: column, "sort": column})
            shown = [c.name for c in answer.context["table"].columns]
            csv = body(client.get(address, {COLUMNS: column, "export": "csv"}))
            label = str(table_of(name).base_columns[column].verbose_name)
            may = how.permitted(world.people[person])
            assert (column in shown) == may == (column in offered(answer)), person
            assert (label in csv.decode("utf-8-sig").splitlines()[0]) == may, person
            refused |= set() if may else {(person, column)}

    assert refused or not any(how.permitted is not anybody for how in further.values())


@pytest.mark.parametrize("name", LISTS)
def test_who_looks_at_a_recorded_column_is_recorded_once(browser, name):
    FULL[name]()
    address = reverse(name)

    for column, how in table_of(name).further_columns.items():
        for query, entries in (({}, how.recorded), ({"export": "csv"}, True)):
            before = list(AccessEntry.objects.values_list("pk", flat=True))
            browser.get(address, {COLUMNS: column, **query})

            new = AccessEntry.objects.exclude(pk__in=before)
            label = str(table_of(name).base_columns[column].verbose_name)
            kept = [entry.details["columns"] for entry in new]
            assert len(kept) == entries, column
            assert all(label in columns for columns in kept), column


@pytest.mark.parametrize("name", LISTS)
def test_all_columns_cost_the_same_queries_for_few_rows_and_many(browser, name):
    address, costs = reverse(name), []
    for rows in (FEW, MORE):
        for _row in range(rows):
            FULL[name]()
        query = {COLUMNS: offered(browser.get(address))}
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address, query)
        costs.append((len(answer.context["table"].page.object_list), len(queries)))

    (few, cost), (many, same) = costs
    assert (few, many) == (FEW, FEW + MORE)
    assert same == cost


@pytest.mark.parametrize("name", LISTS)
def test_choosing_keeps_filter_and_order_and_filtering_keeps_the_columns(browser, name):
    FULL[name]()
    address = reverse(name)
    chosen = [*table_of(name).further_columns][:2]
    query = {COLUMNS: chosen, "sort": "-name", "q": "", "page": "1"}

    forms = read(browser.get(address, query)).forms

    (choice,) = [form for form in forms if COLUMNS in form.choices]
    (filters,) = [f for f in forms if "q" in f.fields and f.method == "get"]
    assert choice.fields["list"] == [f"{address}?sort=-name&q="]
    assert filters.fields["sort"] == ["-name"]
    assert filters.fields[COLUMNS] == choice.fields[COLUMNS] == chosen
    assert "page" not in filters.fields
    again = browser.get(address, filters.fields)
    shown = [c.name for c in again.context["table"].columns if c.name != TICK_COLUMN]
    assert shown[1:] == chosen


class TestMembers:
    """What the list of members tells of people when everything is chosen."""

    @pytest.fixture
    def texts(self):
        """What a reader gets of all columns: the page, Excel and CSV, as text."""

        def get(user):
            client = signed_in(user)
            query = {COLUMNS: [*table_of("members:list").further_columns]}
            answers = [
                client.get(reverse("members:list"), {**query, **kind})
                for kind in ({}, {"export": "xlsx"}, {"export": "csv"})
            ]
            book = read_book(body(answers[1]))
            return [body(answers[0]).decode(), str(book), body(answers[2]).decode()]

        return get

    def test_no_number_stands_in_full(self, texts, secretary, branch):
        member = MemberFactory(organization=branch, phone="13812345678")

        for text in texts(secretary):
            assert "138****5678" in text
            assert not any(n in text for n in ("13812345678", member.id_number[-8:]))

    def test_a_remark_is_for_who_keeps_the_record(self, texts, city, east, branch):
        member = MemberFactory(
            organization=branch, category=Category.IN_SERVICE, remark=REMARK
        )
        check_in(member, elsewhere := CommunityFactory(parent=city), by=None)

        read_by = {
            (role, organization): [
                REMARK in text for text in texts(holder(role, organization))
            ]
            for role, organization in (
                (Role.SECRETARY, east),
                (Role.SECRETARY, elsewhere),
                (Role.BRANCH_SECRETARY, branch),
            )
        }

        assert [*read_by.values()] == [[True] * 3, [False] * 3, [False] * 3]
        page = signed_in(holder(Role.SECRETARY, elsewhere)).get(
            member.get_absolute_url()
        )
        assert page.status_code == 200
        assert REMARK not in page.content.decode()
