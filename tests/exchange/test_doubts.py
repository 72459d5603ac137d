"""What only people can judge about a sheet: shown, ticked, confirmed, entered."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from exchange.actions import run_next_job
from exchange.doubts import DOUBTS
from exchange.enums import BatchState
from exchange.errors import DoubtsUnseen
from exchange.forms import SEEN
from exchange.imports import answer_batch, commit_batch, confirm_batch
from exchange.models import ImportBatch
from members.models import Member
from tests.exchange.test_answers import read_again
from tests.factories.exchange import HEADER, ImportBatchFactory, person, workbook
from tests.factories.members import identity_number
from tests.html import read

pytestmark = pytest.mark.django_db
REMARKS = ("蓝桥", "琴帆", "蓝桥 13800001234", "")


@pytest.fixture
def batch(east, branch, secretary):
    """A roster of four, three with a remark that no rule understands."""
    rows = [person(n, 备注=text) for n, text in enumerate(REMARKS, 1)]
    content = workbook(rows, header=(*HEADER, "备注"))
    uploaded = ImportBatchFactory(rows=content, organization=east, by=secretary)
    return read_again(uploaded)


def answer_on_page(browser, batch, **ticks):
    """Send the form of answers as the page shows it, with some ticks; read again."""
    form = read(browser.get(batch.get_absolute_url())).form_to("answer")
    browser.post(form.action, form.sent(**ticks))
    return read_again(batch)


def tick_of(batch, text):
    (doubt,) = (d for d in batch.doubts if d.text == text)
    return f"leave_out_{doubt.key}"


def test_each_text_is_shown_once_with_its_rows_and_no_number(browser, batch):
    body = browser.get(batch.get_absolute_url()).content.decode()

    assert [d.rows for d in batch.doubts] == [1, 1, 1]
    assert "蓝桥 ******1234" in body
    assert "13800001234" not in body


def test_nothing_is_confirmed_before_somebody_has_looked(browser, batch, secretary):
    assert batch.state == BatchState.PLANNED
    assert browser.get(batch.get_absolute_url()).context["confirm_form"] is None

    with pytest.raises(DoubtsUnseen):
        confirm_batch(batch, by=secretary)

    assert Member.objects.count() == 0


def test_a_batch_confirmed_past_the_page_enters_nobody(batch, secretary):
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=BatchState.CONFIRMED,
        confirmed_by=secretary,
        confirmed_at=batch.uploaded_at,
    )

    assert commit_batch(ImportBatch.objects.get(pk=batch.pk)).state == (
        BatchState.PLANNED
    )
    assert Member.objects.count() == 0


def test_a_tick_leaves_out_its_rows_and_enters_the_others(browser, batch, secretary):
    batch = answer_on_page(browser, batch, **{tick_of(batch, "琴帆"): "on", SEEN: "on"})
    assert batch.unseen_doubts == []
    assert batch.counts["refuse"] == 1

    confirm_batch(batch, by=secretary)
    while run_next_job():
        pass

    numbers = {member.id_number for member in Member.objects.all()}
    assert numbers == {identity_number(n) for n in (1, 3, 4)}


def test_a_tick_can_be_taken_away_again(browser, batch):
    ticked = tick_of(batch, "琴帆")
    batch = answer_on_page(browser, batch, **{ticked: "on", SEEN: "on"})

    batch = answer_on_page(browser, batch, **{ticked: None})

    assert (batch.counts["create"], batch.unseen_doubts) == (4, [])


def test_without_saying_that_they_were_looked_at_they_stay_open(browser, batch):
    batch = answer_on_page(browser, batch)

    assert len(batch.unseen_doubts) == 3


def test_leaving_everybody_out_can_be_taken_back(browser, batch):
    ticks = {f"leave_out_{doubt.key}": "on" for doubt in batch.doubts}
    batch = answer_on_page(browser, batch, **ticks, **{SEEN: "on"})
    assert batch.counts["create"] == 1

    batch = answer_on_page(browser, batch, **dict.fromkeys(ticks))

    assert batch.counts["create"] == 4


def test_the_log_says_how_many_texts_were_looked_at_and_left_out(batch, secretary):
    keys = [doubt.key for doubt in batch.doubts]
    answers = {DOUBTS: {"seen": keys, "left_out": keys[:1]}}
    read_again(answer_batch(batch, answers, by=secretary))

    entry = (
        AuditEntry.objects.filter(action="exchange.record_plan").order_by("pk").last()
    )
    said = entry.after
    assert (said["texts_looked_at"], said["texts_left_out"]) == (3, 1)


def test_the_left_out_rows_come_back_as_uploaded_with_the_reason(browser, batch):
    batch = answer_on_page(browser, batch, **{tick_of(batch, "琴帆"): "on", SEEN: "on"})

    answer = browser.get(reverse("exchange:refused", args=[batch.pk]))

    assert answer.status_code == 200
    (row,) = batch.rows.filter(verdict="refuse")
    assert "琴帆" in row.message
