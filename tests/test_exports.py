"""Every list of every app leaves as a file that holds what its pages show."""

import datetime as dt
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import AccessEntry
from core.web.exports import KINDS
from exchange.actions import run_next_job
from exchange.enums import JobState
from exchange.exports import answer as answers
from exchange.exports import write_list_file
from exchange.models import Attachment, Job
from organizations.roles import Role
from tests.access_matrix.base import CANARY, PEOPLE
from tests.client import Browser
from tests.exports import (
    body,
    differences,
    exported_names,
    facts_of,
    headings_of_buttons,
    read_book,
    read_csv,
    walk,
)
from tests.factories.accounts import holder
from tests.factories.finance import FundFactory, IncomeFactory, posted
from tests.factories.members import MemberFactory
from tests.html import read
from tests.test_access_matrix import ACCESS, SEES_EVERY_NAME, signed_in
from tests.test_list_pages import WITHOUT_TABLE
from tests.test_long_lists import OFFICE, _one_city, every_hand  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
BACKEND = "accounts.backends.UsernameOrPhone"
ROWS, A_PAGE = 5, 2
LISTS = sorted({*OFFICE} - WITHOUT_TABLE)
EXPORTED = sorted({*exported_names()})


@pytest.fixture
def browser(client, city):
    """Whoever may open each list of an office."""
    client.force_login(every_hand(city), BACKEND)
    return client


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    """Keep what workers write in a folder of the test."""
    settings.ATTACHMENT_DIR = tmp_path


def sorts_of(table):
    """Every order that a table offers, its own first."""
    names = [column.name for column in table.columns if column.orderable]
    return ["", *(f"{sign}{name}" for name in names for sign in ("", "-"))]


def wrong_orders(client, address, monkeypatch):
    """The orders in which a file differs from the pages, with what differs."""
    view = client.get(address).context["view"].__class__
    monkeypatch.setattr(view, "paginate_by", A_PAGE)
    wrong = {}
    for sort in sorts_of(client.get(address).context["table"]):
        shown = walk(client, address, sort=sort)
        file = body(client.get(address, {"sort": sort, "export": "xlsx"}))
        faults = differences(read_book(file), shown)
        if faults or len(shown) < ROWS:
            wrong[sort] = faults
    return wrong


@pytest.mark.both
@pytest.mark.parametrize("name", LISTS)
def test_a_list_leaves_as_its_pages_show_it_in_every_order(browser, name, monkeypatch):
    for _row in range(ROWS):
        OFFICE[name]()

    assert wrong_orders(browser, reverse(name), monkeypatch) == {}


def test_a_ledger_leaves_as_its_pages_show_it(client, city, monkeypatch):
    fund, accountant = FundFactory(), holder(Role.ACCOUNTANT, city)
    client.force_login(accountant, BACKEND)
    for _row in range(ROWS):
        posted(IncomeFactory(fund=fund, by=accountant))

    address = reverse("finance:fund", args=[fund.pk])

    assert wrong_orders(client, address, monkeypatch) == {}


def test_a_list_that_no_table_holds_leaves_as_its_pages_show_it(browser):
    for _row in range(3):
        MemberFactory()

    shown = walk(browser, reverse("communities:owed"))
    file = body(browser.get(reverse("communities:owed"), {"export": "xlsx"}))

    assert len(shown) >= 3
    assert differences(read_book(file), shown) == []


@pytest.mark.parametrize("name", LISTS)
def test_both_kinds_of_file_hold_the_same_rows(browser, name):
    for _row in range(3):
        OFFICE[name]()

    book, text = (body(browser.get(reverse(name), {"export": kind})) for kind in KINDS)

    labels = [[*row] for row in read_book(book)]
    assert len(labels) == 3
    assert not {*labels[0]} & headings_of_buttons(browser.get(reverse(name)))
    assert labels == [[*row] for row in read_csv(text)]


@pytest.mark.parametrize("name", EXPORTED)
def test_a_file_is_for_those_who_may_open_the_page_and_names_no_one_else(name, world):
    access, wrong = ACCESS[name], []
    own, foreign = access.args(world)

    for person in PEOPLE:
        session = signed_in(world.people[person]).cookies
        tries = [(own, access.own[person], "own")]
        if access.foreign is not None:
            tries.append((foreign, access.foreign[person], "foreign"))
        for args, expected, whose in tries:
            client = Browser()
            client.cookies.update(session)
            with transaction.atomic():
                address = reverse(name, args=args)
                answer = client.get(address, {"export": "csv"})
                said = faults(answer, expected, person, whose)
                wrong += [f"{person}, {whose}: {fault}" for fault in said]
                transaction.set_rollback(True)

    assert wrong == []


def faults(answer, expected, person, whose):
    """What is wrong with an answer to one who asked for a file."""
    is_file = "attachment" in answer.headers.get("Content-Disposition", "")
    if answer.status_code != expected:
        yield f"{answer.status_code} instead of {expected}"
    if is_file != (expected == 200 and person != "nobody"):
        yield f"a file: {is_file}"
    blind = person not in SEES_EVERY_NAME and whose == "own"
    if (blind or expected != 200) and CANARY.encode() in body(answer):
        yield "names the other street"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_offers_its_files_with_what_it_is_filtered_by(browser, name):
    OFFICE[name]()
    address = reverse(name)

    page = browser.get(address, {"page": "1", "sort": "x"}).content.decode()

    for kind in KINDS:
        assert f'href="{address}?sort=x&amp;export={kind}"' in page


def test_nobody_is_offered_a_file_without_signing_in(client):
    OFFICE["volunteering:list"]()

    answer = client.get(reverse("volunteering:list"), {"export": "xlsx"})

    assert "Content-Disposition" not in answer.headers
    assert "table-exports" not in answer.content.decode()


def test_a_file_says_what_it_is_of_and_how_many_rows_it_has(browser):
    MemberFactory(name="王芳")
    MemberFactory(name="李明")

    file = body(browser.get(reverse("members:list"), {"q": "王芳", "export": "xlsx"}))

    facts = facts_of(file)
    assert [row["姓名"] for row in read_book(file)] == ["王芳"]
    assert all(part in facts for part in ("姓名或拼音：王芳", "共 1 行", "临江市"))


def test_a_filter_that_its_reader_may_not_choose_is_said_not_to_filter(
    client, staff, branch
):
    MemberFactory(organization=branch, name="王芳")
    elsewhere = MemberFactory(name="李明").organization
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    asked = urlencode({"organization": elsewhere.pk})

    page = client.get("/exports/", {"list": f"/members/?{asked}", "kind": "xlsx"})
    file = body(client.get(f"/members/?{asked}&export=xlsx"))

    assert page.context["opened"].criteria["没有按此筛选"] == "所在党组织"
    assert "没有按此筛选：所在党组织" in facts_of(file)
    assert elsewhere.name not in page.content.decode()


def test_who_took_which_list_is_recorded(browser):
    MemberFactory(name="王芳")

    answer = browser.get(reverse("members:list"), {"q": "王芳", "export": "csv"})

    entry = AccessEntry.objects.latest("pk")
    sha256 = hashlib.sha256(body(answer)).hexdigest()
    assert (entry.action, entry.actor) == (
        "exchange.record_list_export",
        answer.wsgi_request.user,
    )
    assert entry.details["criteria"]["姓名或拼音"] == "王芳"
    assert (entry.details["rows"], entry.details["sha256"]) == (1, sha256)


def test_a_list_shows_the_month_of_birth_and_so_does_its_file(browser):
    member = MemberFactory(birth_date=dt.date(1980, 5, 17))

    book, text = (
        body(browser.get(reverse("members:list"), {"export": kind})) for kind in KINDS
    )

    assert member.birth_date.day != 1
    assert read_csv(text)[0]["出生年月"] == f"{member.birth_date:%Y-%m}"
    assert read_book(book)[0]["出生年月"].date() == member.birth_date.replace(day=1)


class TestLongLists:
    """A list that is longer than what is answered at once."""

    @pytest.fixture(autouse=True)
    def _short(self, monkeypatch):
        """Take three rows for many."""
        monkeypatch.setattr(answers, "MAX_IMMEDIATE_ROWS", 2)

    @pytest.fixture
    def offer(self, browser):
        """The page that a long list of members leads to."""
        MemberFactory.create_batch(3)
        asked = browser.get(
            reverse("members:list"), {"sort": "-name", "export": "xlsx"}
        )
        return browser.get(asked.headers["Location"])

    def press(self, browser, offer):
        """Have the list written; return the job."""
        (form,) = [f for f in read(offer).posting() if "list" in f.fields]
        answer = browser.post(form.action, form.sent())
        return Job.objects.get(pk=answer.headers["Location"].split("/")[-2])

    def test_it_is_offered_as_work_and_nothing_is_handed_out(self, browser, offer):
        assert "3" in offer.content.decode()
        assert not AccessEntry.objects.exists()
        assert not Job.objects.exists()
        assert parse_qs(urlsplit(offer.request["QUERY_STRING"]).path) == {
            "list": ["/members/?sort=-name"],
            "kind": ["xlsx"],
        }

    @pytest.mark.both
    def test_the_work_writes_what_the_pages_show(self, browser, offer):
        job = self.press(browser, offer)

        run_next_job()

        job.refresh_from_db()
        file = body(browser.get(reverse("exchange:job_file", args=[job.pk])))
        shown = walk(browser, reverse("members:list"), sort="-name")
        assert (job.state, job.row_count) == (JobState.DONE, 3)
        assert differences(read_book(file), shown) == []
        assert hashlib.sha256(file).hexdigest() in job.message

    def test_only_who_asked_for_it_gets_the_file(self, browser, offer, city):
        job = self.press(browser, offer)
        run_next_job()
        other = Browser()
        other.force_login(every_hand(city), BACKEND)

        file = Attachment.objects.get()

        assert other.get(reverse("exchange:job_file", args=[job.pk])).status_code == 404
        for person in (other, browser):
            address = reverse("exchange:file", args=[file.pk])
            assert person.get(address).status_code == 404

    def test_who_lost_a_role_meanwhile_gets_nothing(self, browser, offer):
        job = self.press(browser, offer)
        user = offer.wsgi_request.user
        user.role_assignments.filter(role=Role.STREET_STAFF).delete()

        run_next_job()

        job.refresh_from_db()
        assert (job.state, job.file) == (JobState.FAILED, None)

    def test_who_loses_a_role_later_does_not_fetch_it(self, browser, offer):
        job = self.press(browser, offer)
        run_next_job()
        user = offer.wsgi_request.user
        user.role_assignments.filter(role=Role.STREET_STAFF).delete()

        answer = browser.get(reverse("exchange:job_file", args=[job.pk]))

        assert answer.status_code == 403

    def test_it_tells_how_far_it_is(self, browser, offer, monkeypatch):
        told = []
        job = self.press(browser, offer)
        monkeypatch.setattr("exchange.exports.jobs.PROGRESS_EVERY", 1)
        write_list_file(job, told.append)

        assert told == [0, 33, 66]

    @pytest.mark.parametrize(
        "address", ["/nowhere/", "/desk/", "", "//example.org/", "/admin/"]
    )
    def test_only_a_list_can_be_asked_for(self, browser, address):
        query = {"list": address, "kind": "xlsx"}

        answer = browser.get(reverse("exchange:export"), query)

        assert answer.status_code == 404
