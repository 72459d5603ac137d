"""The page of a request that failed."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from core.db.cut_connections import was_cut
from core.db.full_disk import is_disk_full
from core.db.queued_sqlite3.write_queue import WriteQueueTooLong, is_locked
from core.registries.port import Port


@dataclass(frozen=True, slots=True)
class FailedForm:
    """The page of a form at which the system failed; filled in again if it is kept."""

    url: str
    is_kept: bool


RETRY_AFTER_SECONDS = 60  # the pages say: in a minute
KeepForm = Callable[[HttpRequest], FailedForm | None]
failed_forms: Port[KeepForm] = Port("What a failed form held")


def show_unavailable(template: str) -> HttpResponse:
    """Answer that the database cannot serve for now, and when to ask again."""
    page = HttpResponse(
        render_to_string(template), status=HTTPStatus.SERVICE_UNAVAILABLE
    )
    page["Retry-After"] = f"{RETRY_AFTER_SECONDS}"
    return page


def show_failure(request: HttpRequest) -> HttpResponse:
    """Answer a request that raised something, wherever it did.

    What a form held is kept if it can be, and the page leads to it.

    That others write for too long, or that the connection to the database was cut, is
    no mistake of ours, and ends by itself; a full disk ends when somebody makes room.
    """
    error = sys.exc_info()[1]
    if isinstance(error, WriteQueueTooLong) or is_locked(error):
        return show_unavailable("503_busy.html")
    if was_cut(error):
        connection.close_if_unusable_or_obsolete()  # what follows opens a new one
        return show_unavailable("503_cut.html")
    if is_disk_full(error):
        return show_unavailable("503_full.html")
    failed = HTTPStatus.INTERNAL_SERVER_ERROR
    form = failed_forms.get()(request) if request.method == "POST" else None
    return HttpResponse(render_to_string("500.html", {"form": form}), status=failed)
