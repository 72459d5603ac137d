"""What an office answered about a layout is offered at its next sheet, not applied."""

import datetime as dt

import pytest
from django.utils import timezone

from exchange.actions import run_next_job
from exchange.doubts import DOUBTS
from exchange.enums import BatchState
from exchange.forms import SEEN, AnswerForm
from exchange.imports import (
    answer_batch,
    commit_batch,
    confirm_batch,
    find_earlier_answers,
)
from exchange.models import ImportBatch
from members.models import Member
from tests.exchange.test_answers import SILENT, read_again
from tests.factories.exchange import HEADER, ImportBatchFactory, book, person, workbook
from tests.html import read

pytestmark = pytest.mark.django_db
REMARKED = (*HEADER, "备注")


def sheet_of(numbers, *, title="志愿者名单", remark="蓝桥", header=REMARKED):
    rows = [person(n, **SILENT, 备注=remark) for n in numbers]
    return workbook(rows, header=header, above=[title])


def bring(content, east, secretary):
    batch = ImportBatchFactory(rows=content, organization=east, by=secretary)
    return read_again(batch)


def answer(batch, secretary, **answers):
    return read_again(answer_batch(batch, answers, by=secretary))


def enter(batch, secretary, *, leave_out=False):
    """Call it a roster, answer what it leaves open, and enter it."""
    said = {"standing": "full", "category": "retired"}
    batch = answer(batch, secretary, types={"花名册": "roster"}, **said)
    keys = [doubt.key for doubt in batch.doubts if doubt.source == "remark"]
    titles = [doubt.key for doubt in batch.doubts if doubt.source != "remark"]
    doubts = {"seen": [*keys, *titles], "left_out": keys if leave_out else []}
    batch = answer(batch, secretary, **{DOUBTS: doubts})
    if batch.would_write:
        commit_batch(confirm_batch(batch, by=secretary))
    return ImportBatch.objects.get(pk=batch.pk)


@pytest.fixture
def browser(client, secretary):
    """A browser in which the secretary of 东社区 has signed in."""
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    return client


@pytest.fixture
def entered(east, branch, secretary):
    """A list of volunteers that was called a roster and entered."""
    batch = enter(bring(sheet_of([1, 2]), east, secretary), secretary)
    assert batch.state == BatchState.COMMITTED
    return batch


def form_of(batch):
    return AnswerForm(batch=batch, earlier=find_earlier_answers(batch))


def test_the_type_of_a_refused_sheet_is_offered_again_and_not_applied(
    browser, entered, east, secretary
):
    batch = bring(sheet_of([3]), east, secretary)

    assert (batch.state, batch.answers) == (BatchState.REFUSED, {})
    page = browser.get(batch.get_absolute_url())
    assert page.context["answer_form"]["type_0"].value() == "roster"
    assert page.context["answer_form"].remembered_from == entered
    assert "上次" in page.content.decode()


def test_sending_the_form_as_it_stands_takes_the_earlier_answers(
    browser, entered, east, secretary
):
    batch = bring(sheet_of([3]), east, secretary)

    for _step in range(2):
        form = read(browser.get(batch.get_absolute_url())).form_to("answer")
        browser.post(form.action, form.sent())
        batch = read_again(batch)

    assert batch.answers["types"] == {"花名册": "roster"}
    assert (batch.answers["standing"], batch.answers["category"]) == ("full", "retired")
    assert batch.would_write == 1


def test_every_offered_answer_can_be_changed(browser, entered, east, secretary):
    batch = bring(sheet_of([3]), east, secretary)

    form = read(browser.get(batch.get_absolute_url())).form_to("answer")
    browser.post(form.action, form.sent(type_0="volunteers"))
    batch = read_again(batch)

    assert (batch.state, batch.answers["types"]) == (BatchState.REFUSED, {})
    assert form_of(batch)["type_0"].value() == "volunteers"


@pytest.mark.parametrize("was_left_out", [True, False])
def test_words_that_were_looked_at_say_what_was_decided_and_stay_open(
    browser, east, branch, secretary, was_left_out
):
    rows = [person(n, 备注=text) for n, text in ((1, "蓝桥"), (2, ""))]
    first = bring(workbook(rows, header=REMARKED), east, secretary)
    (doubt,) = first.doubts
    said = {"seen": [doubt.key], "left_out": [doubt.key] if was_left_out else []}
    commit_batch(
        confirm_batch(answer(first, secretary, **{DOUBTS: said}), by=secretary)
    )
    rows = [person(n, 备注=text) for n, text in ((3, "蓝桥"), (4, "琴帆"))]

    batch = bring(workbook(rows, header=REMARKED, sheet="10月"), east, secretary)

    assert len(batch.unseen_doubts) == 2
    form = form_of(batch)
    ticks = {d.text: form[name].value() for name, d in form.doubts.items()}
    assert ticks == {"蓝桥": was_left_out, "琴帆": False}
    said = {
        line.doubt.text: line.last_time for _w, ls in form.doubt_groups() for line in ls
    }
    assert said == {"蓝桥": "上次未录入" if was_left_out else "上次已录入", "琴帆": ""}
    assert form[SEEN].value() is False


def test_the_column_that_was_chosen_is_offered_again(east, branch, secretary):
    header = [*HEADER, "入党时间"]

    def rows(n):
        one = person(n)
        return [*(one[h] for h in HEADER), "2004.07.01"]

    first = bring(book({"表": [header, rows(1)]}), east, secretary)
    assert [r["columns"] for r in first.rivals] == [
        {"D": ["2005.07.01"], "I": ["2004.07.01"]}
    ]
    chosen = {"columns": {"表": {"join_date": "I"}}}
    first = answer(first, secretary, **chosen)
    commit_batch(confirm_batch(first, by=secretary))
    assert Member.objects.get().join_date == dt.date(2004, 7, 1)

    batch = bring(book({"新表": [header, rows(2)]}), east, secretary)

    assert batch.state == BatchState.REFUSED
    assert form_of(batch)["column_0"].value() == "I"


def test_another_layout_another_office_and_what_is_long_ago_offer_nothing(
    entered, east, west, secretary, staff
):
    other_layout = bring(sheet_of([3], header=(*REMARKED, "蓝杉")), east, secretary)
    same = sheet_of([4])
    other_office = read_again(
        ImportBatchFactory(rows=same, organization=west, by=staff)
    )

    assert find_earlier_answers(other_layout).latest is None
    assert find_earlier_answers(other_office).latest is None

    batch = bring(same, east, secretary)
    assert find_earlier_answers(batch).latest == entered
    long_ago = timezone.now() - dt.timedelta(days=401)
    ImportBatch.objects.filter(pk=entered.pk).update(confirmed_at=long_ago)
    assert find_earlier_answers(batch).latest is None


def test_what_was_never_entered_is_not_remembered(east, branch, secretary):
    first = bring(sheet_of([1]), east, secretary)
    answer(first, secretary, types={"花名册": "roster"})

    batch = bring(sheet_of([2]), east, secretary)

    assert find_earlier_answers(batch).latest is None
    while run_next_job():
        pass
