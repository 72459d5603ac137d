"""Pages are compressed; files are not."""

import gzip
import io
import re
import zipfile

import pytest
from django.http import FileResponse, HttpResponse, JsonResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from core.web.compression import CompressedPagesMiddleware

PACKED = {"headers": {"accept-encoding": "gzip, deflate, br"}}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
LONG = "党员" * 1000


def passed(response, headers=PACKED):
    """Return a response as a browser receives it."""
    request = RequestFactory().get("/", **headers)
    return CompressedPagesMiddleware(lambda _request: response)(request)


@pytest.mark.django_db
def test_a_page_is_compressed_for_a_browser_that_takes_it(client):
    page = client.get(reverse("accounts:sign_in"), **PACKED)
    plain = client.get(reverse("accounts:sign_in"))

    unpacked = gzip.decompress(page.content)
    assert page.headers["Content-Encoding"] == "gzip"
    assert page.headers["Content-Length"] == str(len(page.content))
    assert "Accept-Encoding" in page.headers["Vary"]
    assert len(page.content) < len(unpacked) / 2
    assert "Content-Encoding" not in plain.headers
    assert TOKEN.sub("", unpacked.decode()).count("<form") == (
        plain.content.decode().count("<form")
    )


def sign_in_with(browser, token):
    """Return the status of signing in with a wrong password and a CSRF token."""
    sent = {"username": "nobody", "password": "wrong", "csrfmiddlewaretoken": token}
    return browser.post(reverse("accounts:sign_in"), sent).status_code


@pytest.mark.django_db
def test_the_token_differs_in_each_compressed_page_and_each_works():
    browser = Client(enforce_csrf_checks=True)

    pages = [browser.get(reverse("accounts:sign_in"), **PACKED) for _ in range(2)]
    first, second = (
        TOKEN.findall(gzip.decompress(page.content).decode())[0] for page in pages
    )

    assert first != second
    assert [sign_in_with(browser, token) for token in (first, second)] == [200, 200]
    assert sign_in_with(browser, "x" * 64) == 403


def test_a_download_keeps_its_bytes_and_its_length():
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as packed:
        packed.writestr("sheet.xml", LONG)
    body = book.getvalue()

    answer = passed(FileResponse(io.BytesIO(body), filename="roster.xlsx"))

    assert b"".join(answer.streaming_content) == body
    assert answer.headers["Content-Length"] == str(len(body))
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    "response",
    [
        JsonResponse({"text": LONG}),
        HttpResponse(LONG, content_type="application/vnd.ms-excel"),
        FileResponse(io.BytesIO(LONG.encode()), content_type="text/html"),
        HttpResponse("短"),
    ],
    ids=["json", "workbook", "stream", "short"],
)
def test_only_whole_long_pages_are_compressed(response):
    assert "Content-Encoding" not in passed(response).headers


def test_compressed_content_is_not_compressed_again():
    body = gzip.compress(LONG.encode())
    response = HttpResponse(body, headers={"Content-Encoding": "gzip"})

    assert passed(response).content == body
