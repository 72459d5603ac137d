"""A list of very many rows says that there are more, and shows each of them."""

import pytest
from django.urls import reverse

from core.web import long_lists
from members.models import Member
from members.views import MemberList
from tests.exports import body, read_csv
from tests.factories.members import MemberFactory
from tests.test_access_matrix import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both]

COUNTED, A_PAGE, MEMBERS = 10, 2, 13
ADDRESS = "members:list"
MORE = "共 10 条以上"
CHARACTERS = "零一二三四五六七八九十百千"


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    monkeypatch.setattr(long_lists, "MOST_COUNTED", COUNTED)
    monkeypatch.setattr(long_lists, "DEEP", 4)
    monkeypatch.setattr(MemberList, "paginate_by", A_PAGE)


@pytest.fixture
def browser(secretary):
    """The secretary's browser."""
    return signed_in(secretary)


def members(east, amount):
    """So many members of the secretary's community, half of them called the same."""
    for number in range(amount):
        name = "王伟" if number % 2 else f"李{CHARACTERS[number]}"
        MemberFactory(organization=east, name=name)


def keys_on(answer):
    return [row.record.pk for row in answer.context["table"].paginated_rows]


def pages_from(browser, **query):
    """The keys of the rows on each page, as its links lead on."""
    address, pages = f"{reverse(ADDRESS)}?page=1", []
    while address:
        answer = browser.get(address, query)
        pages.append(keys_on(answer))
        page = answer.context["table"].page
        address = (
            f"{reverse(ADDRESS)}?page={page.next_page_number()}"
            if 'rel="next"' in answer.content.decode()
            else ""
        )
    return pages


def test_a_list_that_is_counted_to_the_end_gives_its_number(browser, east):
    members(east, COUNTED)

    page = browser.get(reverse(ADDRESS)).content.decode()

    assert "共 10 条" in page
    assert MORE not in page
    assert ">5</a>" in page  # the last page


def test_a_longer_one_says_that_there_are_more(browser, east):
    members(east, COUNTED + 1)

    page = browser.get(reverse(ADDRESS)).content.decode()

    assert MORE in page
    assert ">6</a>" in page  # a page that is known, and none is called the last
    assert page.count("…</span>") == 1


def test_every_row_of_it_is_on_one_page(browser, east):
    members(east, MEMBERS)

    pages = pages_from(browser)

    by_name = Member.objects.order_by("sort_key", "pk").values_list("pk", flat=True)
    assert [key for page in pages for key in page] == [*by_name]
    assert [len(page) for page in pages] == [2, 2, 2, 2, 2, 2, 1]


@pytest.mark.parametrize("page", [7, 8, 1000, 0, 10**10, 10**30])
def test_its_last_page_leads_no_further_and_none_is_beyond(browser, east, page):
    members(east, MEMBERS)

    answer = browser.get(reverse(ADDRESS), {"page": page})

    assert answer.status_code == (200 if page == 7 else 404)
    if page == 7:
        text = answer.content.decode()
        assert 'rel="next"' not in text
        assert 'rel="prev"' in text
        assert MORE in text


def test_its_file_holds_and_counts_all_rows(browser, east):
    members(east, MEMBERS)

    answer = browser.get(reverse(ADDRESS), {"export": "csv"})

    assert len(read_csv(body(answer))) == MEMBERS


def test_a_file_that_a_worker_writes_is_announced_with_the_whole_number(browser, east):
    members(east, MEMBERS)

    page = browser.get(
        reverse("exchange:export"), {"list": reverse(ADDRESS), "kind": "csv"}
    )

    assert page.context["count"] == MEMBERS


def test_what_is_done_to_all_of_it_is_done_to_every_row(browser, east):
    members(east, MEMBERS)
    page = browser.get(reverse(ADDRESS)).content.decode()

    query = {"list": reverse(ADDRESS), "action": "members.move", "which": "all"}
    answer = browser.get(reverse("exchange:bulk"), query)

    assert "对全部结果办理…" in page
    assert answer.context["count"] == MEMBERS
