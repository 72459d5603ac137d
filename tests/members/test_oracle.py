"""No page reveals anything about a number it hides.

A right guess must get the same answer as a wrong one: any difference would reveal
the number, one character at a time.
"""

import re

import pytest

from accounts.models import AccessEntry
from members.actions import check_in, record_mobile
from members.enums import MobileKind
from tests.factories.members import MemberFactory, identity_number

LISTS = (
    "/members/",
    "/admin/members/member/",
    "/admin/members/affiliation/",
    "/admin/members/checkin/",
    "/admin/members/mobilerecord/",
)
HIDDEN = ("id_number", "id_index", "phone", "phone_index", "birth_date")
LOOKUPS = ("", "__startswith", "__contains", "__exact", "__gt", "__lt", "__regex")


@pytest.fixture
def people(branch, west):
    """Two members on each of the lists, with numbers known only to the test.

    Their names have no digits that a guess could match by chance.
    """
    members = [MemberFactory(organization=branch, name=f"党员{n}") for n in "一二"]
    for member in members:
        check_in(member, west, by=None)
        record_mobile(member, kind=MobileKind.WORKING_AWAY, by=None)
    return members


@pytest.fixture
def browser(client, staff):
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    return client


def visible_result(browser, url, **query):
    """Return the status and the names on the page, which a guess could reveal."""
    answer = browser.get(url, query)
    names = re.findall(r"党员[一二]", answer.content.decode())
    return answer.status_code, sorted(set(names))


@pytest.mark.parametrize("url", LISTS)
def test_no_lookup_distinguishes_a_right_guess_from_a_wrong_one(browser, people, url):
    value = {name: str(getattr(people[0], name)) for name in HIDDEN}
    prefix = "" if "member/" in url or url == "/members/" else "member__"
    tries = [
        (f"{place}{name}{lookup}", value[name][:4], "9999")
        for place in {"", prefix}
        for name in HIDDEN
        for lookup in LOOKUPS
    ]

    leaks = [
        key
        for key, right, wrong in tries
        if visible_result(browser, url, **{key: right})
        != visible_result(browser, url, **{key: wrong})
    ]

    assert leaks == []


@pytest.mark.parametrize("url", LISTS)
def test_a_name_that_a_guess_could_reveal_is_read_off_the_list(browser, people, url):
    result = visible_result(browser, url)

    assert result == (200, [member.name for member in people])


@pytest.mark.parametrize("url", LISTS)
def test_search_finds_nobody_by_any_part_of_a_number(browser, people, url):
    member = people[0]
    guesses = [
        member.id_number,
        member.id_number[:6],
        member.id_number[-4:],
        member.phone,
        member.phone[-4:],
        member.id_index,
        f"{member.birth_date:%Y-%m-%d}",
    ]

    names = [visible_result(browser, url, q=guess)[1] for guess in guesses]

    assert names == [[]] * len(guesses)


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("column", HIDDEN)
def test_no_list_is_sorted_by_what_it_hides(browser, people, url, column):
    plain = browser.get(url).content.decode()
    order = re.findall(r"党员[一二]", plain)
    assert {*order} == {member.name for member in people}

    for key in ("sort", "o", "ordering"):
        for direction in ("", "-"):
            query = {key: f"{direction}{column}"}
            answer = browser.get(url, query, follow=True)
            sorted_names = re.findall(r"党员[一二]", answer.content.decode())
            assert (answer.status_code, sorted_names) in ((200, order), (400, []))


def test_no_column_of_the_list_that_may_be_sorted_is_a_hidden_one(browser, people):
    page = browser.get("/admin/members/member/")
    changelist = page.context["cl"]

    columns = {changelist.list_display[i] for i in range(len(changelist.list_display))}
    orders = {
        changelist.get_ordering_field(name)
        for name in columns
        if changelist.sortable_by is None or name in changelist.sortable_by
    }

    assert orders == {"name", "organization"}


def test_typing_over_a_form_finds_nobody_by_number(browser, people):
    query = {
        "app_label": "members",
        "model_name": "member",
        "field_name": "organization",
    }

    answer = browser.get("/admin/autocomplete/", {**query, "term": people[0].phone})

    assert answer.json()["results"] == []


def test_the_whole_number_finds_its_member_by_post_and_is_recorded(
    browser, staff, people
):
    answer = browser.post("/members/find/", {"number": people[0].id_number})

    assert answer.headers["Location"] == people[0].get_absolute_url()
    entry = AccessEntry.objects.get()
    assert (entry.action, entry.actor) == ("members.record_find_by_number", staff)
    assert people[0].id_number not in str(entry.__dict__)


def test_a_number_in_the_address_finds_nobody(browser, people):
    answer = browser.get("/members/find/", {"number": people[0].id_number})

    assert answer.status_code == 200
    assert people[0].name not in answer.content.decode()
    assert AccessEntry.objects.count() == 0


def test_anothers_member_gets_the_same_answer_as_an_unknown_number(browser, people):
    elsewhere = MemberFactory()

    errors = [
        browser.post("/members/find/", {"number": number})
        .context["form"]
        .errors["number"]
        for number in (elsewhere.id_number, identity_number(400))
    ]

    assert errors[0] == errors[1]


def test_entering_anothers_member_reveals_no_place(browser, people, branch):
    elsewhere = MemberFactory(name="柳岸党员")
    data = {
        "name": "李明",
        "id_number": elsewhere.id_number,
        "organization": branch.pk,
        "starts_on": "2026-06-03",
        "reason": "recorded",
        "standing": "full",
        "category": "resident",
    }

    answer = browser.post("/members/admit/", data)

    errors = answer.context["form"].non_field_errors()
    assert len(errors) == 1
    assert elsewhere.name not in answer.content.decode()
    assert elsewhere.organization.name not in answer.content.decode()
