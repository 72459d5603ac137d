"""The page of a request that failed."""

import sys
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from core.db.queued_sqlite3.write_queue import WriteQueueTooLong


def show_failure(_request: HttpRequest) -> HttpResponse:
    """Answer a request that raised something, wherever it did.

    That others write for too long is no mistake of ours, and ends by itself.
    """
    if isinstance(sys.exc_info()[1], WriteQueueTooLong):
        busy = HTTPStatus.SERVICE_UNAVAILABLE
        return HttpResponse(render_to_string("503_busy.html"), status=busy)
    failed = HTTPStatus.INTERNAL_SERVER_ERROR
    return HttpResponse(render_to_string("500.html"), status=failed)
