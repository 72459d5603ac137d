"""Rejecting oversized uploads."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from exchange.middleware import upload_limit_middleware


@pytest.mark.parametrize(
    ("announced", "status"),
    [("", 200), ("12", 200), ("x", 200), (str(2**40), 413)],
)
def test_only_what_is_announced_counts(announced, status):
    request = RequestFactory().post("/imports/upload/", CONTENT_LENGTH=announced)

    answer = upload_limit_middleware(lambda _request: HttpResponse())(request)

    assert answer.status_code == status
