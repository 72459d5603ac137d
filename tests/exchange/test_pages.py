"""The pages of importing a sheet."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange import permissions
from exchange.actions import run_next_job
from exchange.enums import BatchState, JobState
from exchange.errors import NotWaiting
from exchange.imports import confirm_batch, plan_batch
from exchange.models import ImportBatch, Job
from members.models import Member
from sheets.read import ENCODINGS
from sheets.read.errors import DamagedFile
from tests.factories.exchange import ImportBatchFactory, person, workbook
from tests.factories.members import identity_number
from tests.messages import message, refusal_of, says

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db


def sent(organization, content, **more):
    """Return what the upload form sends."""
    file = SimpleUploadedFile("花名册.xlsx", content)
    return {
        "kind": "member_roster",
        "organization": organization.pk,
        "file": file,
        **more,
    }


def planned(rows, organization, keeper):
    """Return an import that waits for confirmation."""
    batch = ImportBatchFactory(rows=rows, organization=organization, by=keeper)
    return plan_batch(batch, by=keeper)


def test_a_sheet_goes_in_by_upload_preview_and_confirmation(browser, east, branch):
    content = workbook([person(1), person(2, 性别="女")])
    at_upload = browser.post(reverse("exchange:upload"), sent(east, content))
    run_next_job()
    batch = ImportBatch.objects.get()
    preview = browser.get(at_upload.url).content.decode()
    assert Member.objects.count() == 0

    browser.post(
        reverse("exchange:confirm", args=[batch.pk]), {"starts_on": "2026-06-03"}
    )
    run_next_job()

    assert at_upload.url == batch.get_absolute_url()
    assert "第3行 性别：" in preview
    assert Member.objects.get().id_number == identity_number(1)
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED


def test_a_form_sent_twice_uploads_one_sheet(browser, east, branch):
    content = workbook([person(1)])
    for _time in range(2):
        data = sent(east, content, idempotency_key="once")
        answer = browser.post(reverse("exchange:upload"), data)

    batch = ImportBatch.objects.get()
    assert answer.url == batch.get_absolute_url()


PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)


@pytest.mark.parametrize(
    "content", [PROGRAM, b"\x7fELF\x02\x01\x01\x00", b"%PDF-1.7\n", b"\x89PNG\r\n"]
)
def test_what_is_no_table_is_refused_at_once(browser, east, content):
    answer = browser.post(reverse("exchange:upload"), sent(east, content))

    not_a_table = message(
        "This is not a table file. Nothing was read: save the table as .xlsx, .xls or"
        " .csv and upload that."
    )
    assert says(answer.context["form"].errors["file"][0], not_a_table)
    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_file_with_a_table_is_accepted(browser, east, encoding):
    text = "姓名\t性别\n张三\t男\n".encode(encoding)

    browser.post(reverse("exchange:upload"), sent(east, text))

    assert ImportBatch.objects.count() == 1


def test_the_preview_shows_the_dates_that_were_read(browser, east, branch, secretary):
    batch = planned([person(1)], east, secretary)

    page = browser.get(batch.get_absolute_url()).content.decode()

    assert "入党时间: 2005年7月1日" in page
    assert "2006年7月1日" in page


def test_a_finished_import_shows_actual_outcomes(browser, east, branch, secretary):
    batch = planned([person(1), person(2, 姓名=None)], east, secretary)
    before = browser.get(batch.get_absolute_url()).content.decode()
    confirm_batch(batch, by=secretary)
    while run_next_job():
        pass

    after = browser.get(batch.get_absolute_url())

    words = {value: str(words) for value, words, _n in after.context["tallies"]}
    assert (words["create"], words["update"], words["refuse"]) == (
        "已新建",
        "已修改",
        "未采纳",
    )
    assert ("将新建" in before, "将新建" in after.content.decode()) == (True, False)


def test_an_import_without_refused_rows_has_no_such_download(
    browser, east, branch, secretary
):
    batch = planned([person(1)], east, secretary)

    answer = browser.get(reverse("exchange:refused", args=[batch.pk]))

    assert answer.status_code == 404


def test_only_the_person_s_own_places_are_offered(browser, east, west, foreign, branch):
    page = browser.get(reverse("exchange:upload")).content.decode()

    options = re.findall(r"<option value=\"\d+\"[^>]*>\s*(.*?)</option>", page)
    assert [option.strip("　 ") for option in options] == ["东社区", "东社区第一支部"]


def test_the_place_of_others_cannot_be_submitted(browser, west):
    answer = browser.post(reverse("exchange:upload"), sent(west, workbook([])))

    assert answer.context["form"].errors.keys() == {"organization"}
    assert ImportBatch.objects.count() == 0


def test_an_oversized_upload_is_rejected_unread(browser, settings):
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024

    answer = browser.post(
        reverse("exchange:upload"), {"file": SimpleUploadedFile("a", b"x" * 2**21)}
    )

    assert answer.status_code == 413
    limit = message("One upload may have at most %(limit)s MB.", limit=1)
    assert says(answer.content.decode(), limit)


def test_a_file_somewhat_too_large_is_refused_on_the_form(browser, settings, east):
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    content = b"x" * (1024 * 1024 + 10)

    answer = browser.post(reverse("exchange:upload"), sent(east, content))

    assert answer.context["form"].errors.keys() == {"file"}


def test_a_hostile_file_is_refused_with_a_message(browser, east):
    answer = browser.post(reverse("exchange:upload"), sent(east, b"PK\x03\x04"))
    run_next_job()

    page = browser.get(answer.url)

    assert page.status_code == 200
    assert says(page.content.decode(), refusal_of(DamagedFile))


def test_the_page_shows_the_progress_of_reading(browser, east, secretary):
    batch = ImportBatchFactory(organization=east, by=secretary)
    Job.objects.update(percent=40)

    page = browser.get(
        reverse("exchange:progress", args=[batch.pk]), headers=HTMX
    ).content.decode()

    assert re.findall(r"(\d+)%</progress>", page) == ["40"]


def test_progress_opened_by_itself_leads_to_its_page(browser, east, secretary):
    batch = ImportBatchFactory(organization=east, by=secretary)

    answers = [
        browser.get(reverse("exchange:progress", args=[batch.pk])),
        browser.get(reverse("exchange:job_progress", args=[batch.job.pk])),
    ]

    pages = [batch.get_absolute_url(), batch.job.get_absolute_url()]
    assert [answer.url for answer in answers] == pages


def test_the_page_of_an_own_job_shows_its_progress(browser, east, secretary):
    job = ImportBatchFactory(organization=east, by=secretary).job
    Job.objects.update(percent=40)

    page = browser.get(reverse("exchange:job_progress", args=[job.pk]), headers=HTMX)

    assert re.findall(r"(\d+)%</progress>", page.content.decode()) == ["40"]


def test_the_page_reloads_when_the_work_is_over(browser, east, secretary):
    batch = planned([person(1)], east, secretary)
    Job.objects.update(state=JobState.DONE)

    answer = browser.get(reverse("exchange:progress", args=[batch.pk]), headers=HTMX)

    assert answer["HX-Refresh"] == "true"


def test_a_preview_shows_the_rows_of_one_outcome(browser, east, branch, secretary):
    batch = planned([person(1), person(2, 姓名=None)], east, secretary)
    Job.objects.update(state=JobState.DONE)

    answer = browser.get(batch.get_absolute_url(), {"verdict": "refuse"})

    shown = [row.record.excel_row for row in answer.context["table"].rows]
    assert shown == [3]


def test_a_confirmed_import_offers_no_second_confirmation(
    browser, east, branch, secretary
):
    batch = planned([person(1)], east, secretary)
    confirm_batch(batch, by=secretary)

    answer = browser.get(batch.get_absolute_url())

    assert answer.context["confirm_form"] is None


def test_confirming_late_is_a_message_and_no_crash(browser, east, branch, secretary):
    batch = planned([person(1)], east, secretary)
    confirm_batch(batch, by=secretary)

    answer = browser.post(
        reverse("exchange:confirm", args=[batch.pk]), {"starts_on": "2026-06-03"}
    )

    assert says(answer.content.decode(), refusal_of(NotWaiting))


def test_a_preview_never_shows_a_whole_number(browser, east, branch, secretary):
    batch = planned([person(1), person(2, 姓名=identity_number(2))], east, secretary)
    Job.objects.update(state=JobState.DONE)

    page = browser.get(batch.get_absolute_url()).content.decode()

    assert identity_number(1) not in page
    assert identity_number(2) not in page
    assert "13900000001" not in page


def test_discarding_leads_back_to_the_import(browser, east, secretary):
    batch = planned([person(1)], east, secretary)

    browser.post(reverse("exchange:discard", args=[batch.pk]))

    batch.refresh_from_db()
    assert batch.state == BatchState.DISCARDED


def cost(browser, url):
    """Return how many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


def test_a_preview_costs_the_same_for_few_and_many(browser, east, branch, secretary):
    few = planned([person(n) for n in range(3)], east, secretary)
    many = planned([person(n) for n in range(30)], east, secretary)
    Job.objects.update(state=JobState.DONE)

    costs = [cost(browser, batch.get_absolute_url()) for batch in (few, many)]

    assert costs[0] == costs[1]


def test_the_list_costs_the_same_for_few_and_many(browser, east, secretary):
    ImportBatchFactory.create_batch(3, organization=east, by=secretary)
    few = cost(browser, reverse("exchange:list"))

    ImportBatchFactory.create_batch(27, organization=east)

    assert cost(browser, reverse("exchange:list")) == few


@pytest.mark.parametrize("step", ["answer", "confirm", "discard"])
def test_each_step_asks_the_right_that_its_button_asks(
    browser, east, secretary, monkeypatch, step
):
    batch = planned([person(1)], east, secretary)
    before = batch.state
    monkeypatch.setattr(permissions, "can_work_on", lambda _user, _batch: False)

    answer = browser.post(reverse(f"exchange:{step}", args=[batch.pk]))

    batch.refresh_from_db()
    assert (answer.status_code, batch.state) == (403, before)
