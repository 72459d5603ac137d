"""The page of a request that failed."""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from core.db.queued_sqlite3.write_queue import WriteQueueTooLong
from core.registries.port import Port

failed_forms: Port[Callable[[HttpRequest], str]] = Port("What a failed form held")


def show_failure(request: HttpRequest) -> HttpResponse:
    """Answer a request that raised something, wherever it did.

    What a form held is kept if it can be, and the page leads to it.

    That others write for too long is no mistake of ours, and ends by itself.
    """
    if isinstance(sys.exc_info()[1], WriteQueueTooLong):
        busy = HTTPStatus.SERVICE_UNAVAILABLE
        return HttpResponse(render_to_string("503_busy.html"), status=busy)
    failed = HTTPStatus.INTERNAL_SERVER_ERROR
    context = {}
    if request.method == "POST":
        context["restore_url"] = failed_forms.get()(request)
    return HttpResponse(render_to_string("500.html", context), status=failed)
