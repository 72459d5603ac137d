"""The page of a request that failed."""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from core.db.cut_connections import was_cut
from core.db.queued_sqlite3.write_queue import WriteQueueTooLong
from core.registries.port import Port

failed_forms: Port[Callable[[HttpRequest], str]] = Port("What a failed form held")


def show_failure(request: HttpRequest) -> HttpResponse:
    """Answer a request that raised something, wherever it did.

    What a form held is kept if it can be, and the page leads to it.

    That others write for too long, or that the connection to the database was cut, is
    no mistake of ours, and ends by itself.
    """
    error, unavailable = sys.exc_info()[1], HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, WriteQueueTooLong):
        return HttpResponse(render_to_string("503_busy.html"), status=unavailable)
    if was_cut(error):
        connection.close_if_unusable_or_obsolete()  # what follows opens a new one
        return HttpResponse(render_to_string("503_cut.html"), status=unavailable)
    failed = HTTPStatus.INTERNAL_SERVER_ERROR
    context = {}
    if request.method == "POST":
        context["restore_url"] = failed_forms.get()(request)
    return HttpResponse(render_to_string("500.html", context), status=failed)
