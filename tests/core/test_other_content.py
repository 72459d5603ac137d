"""Other content under the key of a finished write is not taken for the same form."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts.finished_writes import proof_of
from accounts.middleware import SentAgainMiddleware
from accounts.models import IdempotencyRecord
from core.web.forms import new_key
from core.web.idempotency import KEY, digest_sent_form
from core.web.writing import run_write
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory
from tests.html import read
from tests.stage import waits_for_us
from tests.test_access_matrix import signed_in

CONFLICT = 409


def form_at(client, address):
    """The page's own form as a browser would send it."""
    return read_own(client.get(address), address)


def read_own(answer, address):
    return next(f for f in read(answer).posting() if f.action == address)


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, remark="")


@pytest.mark.django_db
def test_a_correction_typed_after_the_first_can_be_saved_from_the_form(staff, member):
    browser, url = signed_in(staff), reverse("members:change", args=[member.pk])
    form = form_at(browser, url)
    browser.post(url, form.sent(remark="第一次"))

    answer = browser.post(url, form.sent(remark="第二次"))
    member.refresh_from_db()
    first = member.remark
    browser.post(url, read_own(answer, url).sent())

    member.refresh_from_db()
    assert (answer.status_code, first) == (CONFLICT, "第一次")
    assert member.remark == "第二次"


@pytest.mark.django_db
@pytest.mark.parametrize("status", [200, 403, 404, 409])
def test_a_form_refused_because_of_its_twin_is_answered_as_done(staff, status):
    """While this one was looked at, its twin was written: the row is gone, say."""
    sent = request_with(**{KEY: new_key()})
    sent.user = staff
    sent.csrf_processing_done = True  # as the check for forgery leaves a request

    def refuse_late(request):
        twin = request_with(**{KEY: request.POST[KEY]})
        twin.user = staff
        assert run_write(twin, lambda: "/units/1/") == "/units/1/"
        return HttpResponse("refused", status=status)

    answer = SentAgainMiddleware(refuse_late)(sent)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/units/1/")


@pytest.mark.django_db
def test_a_refused_form_whose_key_nobody_used_stays_refused(staff):
    sent = request_with(**{KEY: new_key()})
    sent.user = staff

    answer = SentAgainMiddleware(lambda _request: HttpResponse("no"))(sent)

    assert answer.content == b"no"


def test_after_a_failure_of_the_server_the_database_is_not_asked_again():
    """No mark lets this test reach the database: a look-up would fail."""
    sent = request_with(**{KEY: new_key()})

    answer = SentAgainMiddleware(lambda _r: HttpResponse("away", status=503))(sent)

    assert (answer.status_code, answer.content) == (503, b"away")


@pytest.mark.django_db
def test_the_same_content_at_another_address_is_not_written(staff, member, branch):
    browser, other = signed_in(staff), MemberFactory(organization=branch, remark="")
    urls = [reverse("members:change", args=[m.pk]) for m in (member, other)]
    form = form_at(browser, urls[0])
    browser.post(urls[0], form.sent(remark="第一次"))

    answer = browser.post(urls[1], form.sent(remark="第一次"))

    other.refresh_from_db()
    assert (answer.status_code, other.remark) == (CONFLICT, "")


@pytest.mark.django_db
def test_what_was_typed_into_a_form_that_no_longer_opens_stands_on_the_page(
    secretary, branch
):
    meeting = MeetingFactory(organization=branch)
    browser, url = signed_in(secretary), reverse("communities:void", args=[meeting.pk])
    form = form_at(browser, url)
    browser.post(url, form.sent(reason="录入重复"))

    answer = browser.post(url, form.sent(reason="日期写错了"))

    assert (answer.status_code, "日期写错了" in answer.content.decode()) == (409, True)


@pytest.mark.django_db
def test_a_write_remembered_without_a_digest_is_answered_as_done(staff, member):
    browser, url = signed_in(staff), reverse("members:change", args=[member.pk])
    form = form_at(browser, url)
    done = browser.post(url, form.sent(remark="第一次"))
    record = IdempotencyRecord.objects.get()
    record.digest = ""
    record.proof = proof_of(record)
    record.save()

    answer = browser.post(url, form.sent(remark="第二次"))

    assert (answer.status_code, answer.headers["Location"]) == (302, done.url)


def request_with(content=b"a", **typed):
    file = SimpleUploadedFile("名册.xlsx", content)
    return RequestFactory().post("/imports/upload/", {"file": file, **typed})


def test_a_digest_is_of_fields_and_files_but_not_of_the_key():
    same = digest_sent_form(request_with(kind="roster"))

    assert digest_sent_form(request_with(kind="roster", **{KEY: new_key()})) == same
    assert digest_sent_form(request_with(kind="other")) != same
    assert digest_sent_form(request_with(b"b", kind="roster")) != same


def test_a_digested_file_can_still_be_read_from_its_start():
    request = request_with(b"content")

    digest_sent_form(request)

    assert request.FILES["file"].read() == b"content"


@pytest.mark.django_db(transaction=True)
def test_of_two_contents_sent_at_the_same_moment_one_is_written(staff, member):
    url = reverse("members:change", args=[member.pk])
    first, rival = signed_in(staff), signed_in(staff)
    form = form_at(first, url)

    def send_other():
        try:
            return rival.post(url, form.sent(remark="第二次"))
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            done = first.post(url, form.sent(remark="第一次"))
            second = pool.submit(send_other)
            if connection.vendor == "postgresql":
                waits_for_us(second)
            else:  # which does not say who waits
                wait([second], timeout=0.5)
        answer = second.result()

    member.refresh_from_db()
    assert (done.status_code, answer.status_code) == (302, CONFLICT)
    assert member.remark == "第一次"
    assert read_own(answer, url).value("remark") == "第二次"
