"""What may be kept of a list: no number, nothing unshared by itself, no closed door."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry, RoleAssignment
from core.months import today
from core.registries.search import address_holds_number
from core.web.bulk_actions import bulk_actions
from exchange.actions import ask_bulk, ask_for_list, change_view
from exchange.errors import NumberInFilter, NumberInFilterName
from exchange.models import BulkRun, ListExport, SavedView
from organizations.roles import Role
from tests.exports import body
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.html import read
from tests.test_access_matrix import signed_in

pytestmark = pytest.mark.django_db
LIST = "members:list"
PHONE = "13900001234"
IDENTITY = "110101199003074259"
"""Of no valid check digit: nobody types each one right."""
HIDING_PLACES = [
    f"q=x&x={PHONE}",
    f"q=x&sort={PHONE}",
    f"q=x&columns={PHONE}",
    f"q=x&organization={PHONE}",
    f"q=x&x={IDENTITY}",
    f"q=x&{PHONE}",
    "q=x&x=１３９ ０００ ０１２３４",
]


@pytest.fixture
def browser(staff):
    return signed_in(staff)


def save(browser, address, **values):
    """Save a filter from the form that its list links to."""
    query = urlencode({"list": address})
    page = browser.get(f"{reverse('exchange:save_view')}?{query}")
    (form,) = [f for f in read(page).posting() if "name" in f.fields]
    return browser.post(form.action, form.sent(**{"name": "甲", **values}))


@pytest.mark.parametrize("query", HIDING_PLACES)
def test_no_part_of_a_saved_address_holds_a_number(browser, query):
    answer = save(browser, f"{reverse(LIST)}?{query}")

    assert "请先去掉号码" in answer.content.decode()
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", [PHONE, IDENTITY, f"王某 {IDENTITY}"])
def test_no_saved_filter_is_called_by_a_number(browser, staff, name):
    address = f"{reverse(LIST)}?standing=full"

    answer = save(browser, address, name=name)

    assert "名称里有个人号码" in answer.content.decode()
    assert not SavedView.objects.exists()
    save(browser, address)
    view = SavedView.objects.get()
    with pytest.raises(NumberInFilterName):
        change_view(view, name=name, organization=None, by=staff)


@pytest.mark.parametrize(
    "query",
    [
        "standing=full&sort=-name&columns=sex&columns=born",
        "since=2026-01-05&until=2026-12-31",
        "month=2026-01",
        "q=社党〔2026〕12号",
    ],
)
def test_days_and_months_are_no_numbers_of_people(query):
    assert not address_holds_number(f"{reverse(LIST)}?{query}")


def test_a_name_may_say_from_which_day(browser):
    save(browser, f"{reverse(LIST)}?standing=full", name="2026-01-05以后")

    assert SavedView.objects.get().name == "2026-01-05以后"


@pytest.mark.parametrize("query", HIDING_PLACES)
def test_many_rows_keep_the_list_without_a_filter_that_holds_a_number(
    secretary, branch, query
):
    member = MemberFactory(organization=branch)
    kind = bulk_actions.get("members.category")

    ask_bulk(
        kind,
        f"{reverse(LIST)}?{query}",
        [member.pk],
        {"category": ["retired"]},
        by=secretary,
    )

    assert BulkRun.objects.get().address == reverse(LIST)


def test_a_long_list_by_a_number_is_not_left_to_a_worker(secretary):
    with pytest.raises(NumberInFilter):
        ask_for_list(f"{reverse(LIST)}?x={PHONE}", "csv", by=secretary)

    assert not ListExport.objects.exists()


def test_the_log_of_lists_that_left_repeats_no_number(browser):
    body(browser.get(reverse(LIST), {"q": PHONE, "export": "csv"}))

    (entry,) = AccessEntry.objects.all()
    assert PHONE not in str(entry.details)
    assert "******" in str(entry.details["criteria"])


class TestSharing:
    """A shared filter stays shared until somebody says otherwise."""

    @pytest.fixture
    def shared(self, staff):
        street = staff.role_assignments.get().organization
        address = f"{reverse(LIST)}?standing=full"
        return SavedView.objects.create(
            owner=staff, list_name=LIST, name="甲", address=address, organization=street
        )

    def rename(self, browser, view, **values):
        """Call the filter something else, from the form as it is."""
        path = reverse("exchange:change_view", args=[view.pk])
        (form,) = [f for f in read(browser.get(path)).posting() if "name" in f.fields]
        answer = browser.post(path, form.sent(**{"name": "乙", **values}))
        assert answer.status_code == 302
        view.refresh_from_db()

    def move_to(self, staff, role, place):
        """Give the person another office instead of the one at the street."""
        staff.role_assignments.all().update(
            starts_on=today() - dt.timedelta(100), ends_on=today()
        )
        RoleAssignment.objects.create(
            user=staff,
            role=role,
            organization=place,
            starts_on=today() - dt.timedelta(1),
        )

    def test_it_does_when_its_owner_renames_it_who_has_left_the_street(
        self, staff, shared, east
    ):
        street = shared.organization
        self.move_to(staff, Role.SECRETARY, east)

        self.rename(signed_in(staff), shared)

        assert (shared.name, shared.organization) == ("乙", street)

    def test_it_does_when_its_owner_has_gone_to_another_street(
        self, staff, shared, foreign
    ):
        street = shared.organization
        self.move_to(staff, Role.STREET_STAFF, foreign.parent)

        self.rename(signed_in(staff), shared)

        assert (shared.name, shared.organization) == ("乙", street)

    def test_who_has_left_the_street_can_stop_sharing_it(self, staff, shared, east):
        self.move_to(staff, Role.SECRETARY, east)

        self.rename(signed_in(staff), shared, organization="")

        assert shared.organization is None

    def test_what_was_never_shared_offers_no_place_to_who_has_none(
        self, staff, shared, east
    ):
        SavedView.objects.update(organization=None)
        self.move_to(staff, Role.SECRETARY, east)
        browser = signed_in(staff)
        path = reverse("exchange:change_view", args=[shared.pk])
        assert "organization" not in browser.get(path).context["form"].fields

        self.rename(browser, shared)

        assert shared.organization is None


class TestOffered:
    """Nobody is led to a list that they may not open."""

    @pytest.fixture
    def shared(self, staff):
        street = staff.role_assignments.get().organization
        for name, list_name in (("名册", LIST), ("日志", "accounts:access_log")):
            SavedView.objects.create(
                owner=staff,
                list_name=list_name,
                name=f"街道的{name}",
                address=f"{reverse(list_name)}?q=x",
                organization=street,
            )

    @pytest.mark.parametrize("page", ["accounts:desk", "exchange:saved_views"])
    def test_what_the_street_shares_of_other_lists_is_left_out(
        self, shared, east, page
    ):
        browser = signed_in(holder(Role.SECRETARY, east))

        text = browser.get(reverse(page)).content.decode()

        assert "街道的名册" in text
        assert "街道的日志" not in text

    def test_one_s_own_stays_where_it_can_be_deleted(self, secretary):
        view = SavedView.objects.create(
            owner=secretary,
            list_name="accounts:access_log",
            name="我的日志",
            address=f"{reverse('accounts:access_log')}?q=x",
            saved_at=timezone.now(),
        )
        browser = signed_in(secretary)

        assert "我的日志" not in browser.get(reverse("accounts:desk")).content.decode()
        page = browser.get(reverse("exchange:saved_views")).content.decode()
        assert reverse("exchange:delete_view", args=[view.pk]) in page
