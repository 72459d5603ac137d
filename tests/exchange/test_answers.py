"""The type of a sheet and its open questions: asked, answered, corrected, entered."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditEntry
from exchange.actions import run_next_job
from exchange.enums import BatchState
from exchange.errors import AnswersMissing, NotWaiting, OtherSheet
from exchange.imports import (
    answer_batch,
    commit_batch,
    confirm_batch,
    discard_batch,
)
from exchange.models import ImportBatch
from members.enums import Category, Standing
from members.models import Member
from tests.factories.exchange import ImportBatchFactory, person, workbook
from tests.messages import refusal_of, says

pytestmark = pytest.mark.django_db
SILENT = {"转正时间": None, "管理类别": None}
ANSWERS = {"standing": "full", "category": "retired"}


def read_again(batch):
    """Let a worker read the sheet, and return the batch as it is then."""
    while run_next_job():
        pass
    return ImportBatch.objects.get(pk=batch.pk)


@pytest.fixture
def silent(east, branch, secretary):
    """A roster of two that gives neither the standing nor the category."""
    rows = [person(1, **SILENT), person(2, **SILENT)]
    batch = ImportBatchFactory(rows=rows, organization=east, by=secretary)
    return read_again(batch)


@pytest.fixture
def volunteers(east, branch, secretary):
    """A list of volunteers, uploaded as a roster and refused."""
    rows = workbook([person(1, **SILENT)], above=["志愿者名单"])
    batch = ImportBatchFactory(rows=rows, organization=east, by=secretary)
    return read_again(batch)


def test_open_questions_are_asked_and_nothing_is_entered(silent, secretary):
    assert [q.key for q in silent.open_questions] == ["standing", "category"]

    with pytest.raises(AnswersMissing):
        confirm_batch(silent, by=secretary)

    assert Member.objects.count() == 0


def test_a_confirmed_batch_with_an_open_question_enters_nobody(silent, secretary):
    ImportBatch.objects.filter(pk=silent.pk).update(
        state=BatchState.CONFIRMED,
        confirmed_by=secretary,
        confirmed_at=silent.uploaded_at,
    )

    batch = commit_batch(ImportBatch.objects.get(pk=silent.pk))

    assert (batch.state, Member.objects.count()) == (BatchState.PLANNED, 0)


def test_the_answers_are_shown_on_each_row_and_entered(silent, secretary):
    batch = read_again(answer_batch(silent, ANSWERS, by=secretary))

    assert batch.open_questions == []
    for row in batch.rows.all():
        after = {after for _before, after in row.changes.values()}
        assert after == {"2005年7月1日", "正式党员", "离退休党员"}
        assert row.flags == ["standing_answered", "category_answered"]
    commit_batch(confirm_batch(batch, by=secretary))
    assert set(Member.objects.values_list("standing", "category")) == {
        (Standing.FULL, Category.RETIRED)
    }


def test_an_answer_can_be_changed_until_it_is_confirmed(silent, secretary):
    batch = read_again(answer_batch(silent, ANSWERS, by=secretary))

    batch = read_again(answer_batch(batch, {"standing": "probationary"}, by=secretary))

    for row in batch.rows.all():
        after = {after for _before, after in row.changes.values()}
        assert after == {"2005年7月1日", "离退休党员", "预备党员"}


def test_a_refused_sheet_may_be_called_a_roster(volunteers, secretary):
    assert volunteers.state == BatchState.REFUSED
    (recognized,) = volunteers.recognized
    answers = {**ANSWERS, "types": {recognized.sheet: "roster"}}

    batch = read_again(answer_batch(volunteers, answers, by=secretary))

    assert (batch.state, batch.would_write) == (BatchState.PLANNED, 1)
    assert batch.recognized[0].is_answer


def test_a_roster_may_be_called_something_else_and_is_refused(silent, secretary):
    answers = {"types": {"花名册": "development"}}

    batch = read_again(answer_batch(silent, answers, by=secretary))

    assert (batch.state, batch.counts, batch.rows.count()) == (
        BatchState.REFUSED,
        {},
        0,
    )


def test_an_answer_is_recorded(silent, secretary):
    answer_batch(silent, ANSWERS, by=secretary)

    entry = AuditEntry.objects.filter(action="exchange.answer_batch").get()
    assert entry.actor == secretary


@pytest.mark.parametrize("end", [discard_batch, confirm_batch])
def test_a_finished_import_takes_no_answers(silent, secretary, end):
    batch = read_again(answer_batch(silent, ANSWERS, by=secretary))
    end(batch, by=secretary)

    with pytest.raises(NotWaiting):
        answer_batch(batch, {"standing": "probationary"}, by=secretary)


def test_the_preview_says_what_the_sheet_seems_to_be_and_asks(browser, silent):
    page = browser.get(silent.get_absolute_url())

    body = page.content.decode()
    assert "工作表“花名册”看起来是：党员花名册（根据表头和内容判断）。" in body
    assert page.context["confirm_form"] is None
    assert {"type_0", "standing", "category"} <= set(page.context["answer_form"].fields)


def test_a_refusal_offers_to_say_what_the_sheet_is(browser, volunteers):
    page = browser.get(volunteers.get_absolute_url())

    assert says(page.content.decode(), refusal_of(OtherSheet, type="志愿者名册"))
    form = page.context["answer_form"]
    assert form["type_0"].value() == "volunteers"


def test_answers_are_given_on_the_page(browser, silent, secretary):
    data = {"type_0": "roster", **ANSWERS}
    browser.post(reverse("exchange:answer", args=[silent.pk]), data)
    batch = read_again(silent)

    assert batch.answers == {"types": {}, **ANSWERS}
    assert browser.get(batch.get_absolute_url()).context["confirm_form"] is not None


def test_the_page_accepts_a_refused_sheet_as_a_roster(browser, volunteers):
    browser.post(reverse("exchange:answer", args=[volunteers.pk]), {"type_0": "roster"})
    batch = read_again(volunteers)

    assert [q.key for q in batch.open_questions] == ["standing", "category"]
    page = browser.get(batch.get_absolute_url())
    assert page.context["answer_form"]["type_0"].value() == "roster"


@pytest.fixture
def bring(tmp_path, secretary, branch):
    """Run the command on a roster that leaves both questions open."""

    def run(*options):
        sheet, out = tmp_path / "花名册.xlsx", tmp_path / "out.json"
        sheet.write_bytes(workbook([person(1, **SILENT)]))
        command = ["import_sheet", str(sheet), "--kind", "member_roster"]
        try:
            call_command(
                *command, "--as", secretary.username, "--json", str(out), *options
            )
        finally:
            run.report = json.loads(out.read_text()) if out.exists() else None

    return run


def test_the_command_enters_nobody_while_a_question_is_open(bring):
    with pytest.raises(CommandError, match="category, standing"):
        bring()

    assert bring.report["questions"] == ["category", "standing"]
    assert (Member.objects.count(), ImportBatch.objects.get().state) == (
        0,
        BatchState.PLANNED,
    )


def test_the_command_takes_answers(bring):
    bring("--answer", "standing=full", "--answer", "category=resident")

    member = Member.objects.get()
    assert (member.standing, member.category) == (Standing.FULL, Category.RESIDENT)


def test_the_command_takes_the_type_of_the_sheet(bring):
    with pytest.raises(CommandError, match="员工名册"):
        bring("--answer", "sheet=employees")


def test_the_command_refuses_an_answer_that_is_none(bring):
    with pytest.raises(CommandError, match="probationary"):
        bring("--answer", "standing=maybe")
