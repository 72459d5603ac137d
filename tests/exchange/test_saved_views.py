"""What people keep of lists: columns of every list, filters under a name."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.web.bulk_actions import TICK_COLUMN
from core.web.columns import COLUMNS
from exchange.actions import save_view
from exchange.actions.saved_views import MOST_SAVED
from exchange.errors import TooManySaved
from exchange.models import SavedView
from tests.exports import body, read_book, read_csv
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.html import read
from tests.test_access_matrix import signed_in
from tests.test_list_pages import WITHOUT_TABLE
from tests.test_long_lists import OFFICE, _one_city, every_hand  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
BACKEND = "accounts.backends.UsernameOrPhone"


@pytest.fixture
def browser(client, city):
    """Whoever may open each list of an office."""
    client.force_login(every_hand(city), BACKEND)
    return client


def shown(answer):
    """The columns of a page's table."""
    return [c.name for c in answer.context["table"].columns if c.name != TICK_COLUMN]


def choose(browser, answer, *columns, **button):
    """Send the form that chooses columns, as the page has it."""
    form = read(answer).form_to("lists/columns")
    assert form, "the page offers no columns"
    return browser.post(form.action, form.sent(**{COLUMNS: [*columns], **button}))


class TestColumns:
    """Each list of the office remembers the columns that its reader chose."""

    @pytest.mark.parametrize("name", sorted({*OFFICE} - WITHOUT_TABLE))
    def test_a_list_is_shown_with_the_columns_that_its_reader_chose(
        self, browser, name
    ):
        OFFICE[name]()
        address = reverse(name)
        answer = browser.get(address)
        usual, offered = shown(answer), answer.context["table"].offer_columns()
        kept = offered[-1].name

        choose(browser, answer, kept)

        again = browser.get(address)
        first = usual[0]
        assert [c for c in shown(again) if c in {o.name for o in offered}] == [kept]
        assert shown(again)[0] == first
        heads = [
            str(column.header)
            for column in again.context["table"].columns
            if not column.column.exclude_from_export
        ]
        book = read_book(body(browser.get(address, {"export": "xlsx"})))
        assert [*book[0]] == heads
        assert [*read_csv(body(browser.get(address, {"export": "csv"})))[0]] == heads

        choose(browser, again, usual="1")

        assert shown(browser.get(address)) == usual
        assert not SavedView.objects.exists()

    def test_the_choice_is_the_reader_s_own(self, staff, secretary):
        MemberFactory(organization=BranchFactory(parent=secretary_place(secretary)))
        address = reverse("members:list")
        clerk = signed_in(secretary)

        choose(clerk, clerk.get(address), "sex")

        other = signed_in(staff).get(address)
        assert shown(clerk.get(address)) == ["name", "sex"]
        assert "organization" in shown(other)

    def test_the_file_s_address_names_what_the_page_shows(self, browser):
        MemberFactory()
        address = reverse("members:list")
        choose(browser, browser.get(address), "sex")

        page = browser.get(address).content.decode()

        assert "columns=sex&amp;export=xlsx" in page

    def test_what_an_address_names_comes_before_what_is_kept(self, browser):
        MemberFactory()
        address = reverse("members:list")
        choose(browser, browser.get(address), "sex")

        assert shown(browser.get(address, {COLUMNS: "born"})) == ["name", "born"]
        assert shown(browser.get(address)) == ["name", "sex"]

    def test_what_is_kept_costs_a_list_one_query(self, browser, monkeypatch):
        MemberFactory()
        address = reverse("members:list")
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        asked = [q for q in queries if "exchange_savedview" in q["sql"]]
        assert len(asked) == 1

    def test_an_address_that_is_no_list_keeps_nothing(self, browser):
        answer = browser.post(
            reverse("exchange:choose_columns"), {"list": "/desk/", COLUMNS: "sex"}
        )

        assert answer.status_code == 404
        assert not SavedView.objects.exists()


def secretary_place(secretary):
    """The community of a secretary."""
    return secretary.role_assignments.get().organization


class TestSavedFilters:
    """A filter under a name stands above its list, for whom it is there."""

    def save(self, browser, address, **values):
        """Save a filter from the form that its list links to."""
        page = browser.get(
            f"{reverse('exchange:save_view')}?{urlencode({'list': address})}"
        )
        (form,) = [f for f in read(page).posting() if "name" in f.fields]
        return browser.post(form.action, form.sent(**values))

    def test_a_filtered_list_is_saved_found_and_opened(self, browser):
        MemberFactory()
        address = f"{reverse('members:list')}?q=&standing=full&sort=-name&columns=sex"
        link = f"{reverse('exchange:save_view')}?{urlencode({'list': address})}"
        assert link.replace("&", "&amp;") in browser.get(address).content.decode()

        answer = self.save(browser, address, name="正式党员")

        assert answer.url == address
        for page in (reverse("members:list"), reverse("exchange:saved_views")):
            text = browser.get(page).content.decode()
            assert "正式党员" in text
            assert address.replace("&", "&amp;") in text
        again = browser.get(address)
        assert again.context["filter"].form.cleaned_data["standing"] == "full"
        (link,) = again.context["request"]._list_views.links
        assert (link.label, link.is_current) == ("正式党员", True)
        assert "正式党员" in browser.get(reverse("accounts:desk")).content.decode()

    def test_it_is_nobody_else_s_unless_shared_with_their_place(
        self, staff, secretary, stranger
    ):
        street = staff.role_assignments.get().organization
        browser, below, beyond = map(signed_in, (staff, secretary, stranger))
        address = f"{reverse('members:list')}?standing=full"
        MemberFactory()

        self.save(browser, address, name="我的名单")
        self.save(
            browser, f"{address}&sort=name", name="街道要看的", organization=street.pk
        )

        def texts(someone):
            pages = (reverse("members:list"), reverse("exchange:saved_views"))
            return "".join(someone.get(page).content.decode() for page in pages)

        assert "我的名单" in texts(browser)
        assert "我的名单" not in texts(below) + texts(beyond)
        assert f"街道要看的（{street.name}）" in texts(below)
        assert "街道要看的" not in texts(beyond)
        view = SavedView.objects.get(name="街道要看的")
        for way in ("change_view", "delete_view"):
            assert (
                below.get(reverse(f"exchange:{way}", args=[view.pk])).status_code == 404
            )

    def test_a_community_shares_with_nobody(self, secretary):
        page = signed_in(secretary).get(
            reverse("exchange:save_view"), {"list": "/members/?standing=full"}
        )

        assert "organization" not in page.context["form"].fields

    def test_it_is_renamed_and_deleted(self, browser):
        self.save(browser, f"{reverse('members:list')}?standing=full", name="男")
        view = SavedView.objects.get()
        change = reverse("exchange:change_view", args=[view.pk])
        (form,) = [f for f in read(browser.get(change)).posting() if "name" in f.fields]

        browser.post(change, form.sent(name="正式党员"))

        view.refresh_from_db()
        assert view.name == "正式党员"
        delete = reverse("exchange:delete_view", args=[view.pk])
        browser.post(delete, read(browser.get(delete)).form_to("delete").sent())
        assert not SavedView.objects.exists()

    def test_a_name_is_used_once_a_list(self, browser):
        address = f"{reverse('members:list')}?standing=full"
        self.save(browser, address, name="正式党员")

        answer = self.save(browser, address, name="正式党员")

        assert "已有同名的常用查询" in answer.content.decode()
        assert SavedView.objects.count() == 1

    def test_a_list_has_no_more_of_them_than_can_be_found_again(self, staff):
        for number in range(MOST_SAVED):
            save_view(
                "members:list", "/members/?standing=full", name=f"{number}", by=staff
            )

        with pytest.raises(TooManySaved):
            save_view("members:list", "/members/?standing=full", name="再来", by=staff)

    def test_the_number_of_a_person_is_not_kept(self, browser):
        address = f"{reverse('members:list')}?q=13812345678"

        answer = self.save(browser, address, name="他")

        assert "请先去掉号码" in answer.content.decode()
        assert not SavedView.objects.exists()

    def test_what_it_asked_for_and_is_gone_is_said(self, browser):
        MemberFactory()
        address = f"{reverse('members:list')}?organization=99999"
        self.save(browser, address, name="原第三支部")

        page = browser.get(SavedView.objects.get().address).content.decode()

        assert (
            "筛选条件有一部分无法识别" in page or "没有采用" in page or "未采用" in page
        )
