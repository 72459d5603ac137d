"""The page of a request that failed."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from core.db.cut_connections import was_cut
from core.db.queued_sqlite3.write_queue import WriteQueueTooLong, is_locked
from core.registries.port import Port


@dataclass(frozen=True, slots=True)
class FailedForm:
    """The page of a form at which the system failed; filled in again if it is kept."""

    url: str
    is_kept: bool


KeepForm = Callable[[HttpRequest], FailedForm | None]
failed_forms: Port[KeepForm] = Port("What a failed form held")


def show_failure(request: HttpRequest) -> HttpResponse:
    """Answer a request that raised something, wherever it did.

    What a form held is kept if it can be, and the page leads to it.

    That others write for too long, or that the connection to the database was cut, is
    no mistake of ours, and ends by itself.
    """
    error, unavailable = sys.exc_info()[1], HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, WriteQueueTooLong) or is_locked(error):
        return HttpResponse(render_to_string("503_busy.html"), status=unavailable)
    if was_cut(error):
        connection.close_if_unusable_or_obsolete()  # what follows opens a new one
        return HttpResponse(render_to_string("503_cut.html"), status=unavailable)
    failed = HTTPStatus.INTERNAL_SERVER_ERROR
    form = failed_forms.get()(request) if request.method == "POST" else None
    return HttpResponse(render_to_string("500.html", {"form": form}), status=failed)
