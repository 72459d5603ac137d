"""The write pipeline that pages, buttons and the admin share.

Callers find the row among those the person may see and check permission; `run_write`
then runs the action once for its idempotency key and returns a refusal to show.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.http import HttpRequest

from core.db.constraint_errors import translate_integrity_errors
from core.errors import DomainError
from core.web.forms import KEY
from core.web.idempotency import earlier_result, run_once

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The outcome of one requested write.

    `location` is the page of the result, `is_new` is false if the key was used before,
    `refusal` says why nothing was written.
    """

    location: str = ""
    is_new: bool = False
    refusal: DomainError | None = None


def find_repeated(request: HttpRequest) -> str | None:
    """Return the address of the result if the request repeats a finished write.

    Called before the permission check: the first request may have removed the
    permission or hidden the row, and a double click is no offence.
    """
    if request.method != "POST":
        return None
    return earlier_result(request.POST.get(KEY, ""), by=request.user)


def run_write(
    request: HttpRequest, run: Callable[[], str], *, key: str | None = None
) -> WriteResult:
    """Run an action once for the form's key; return the result's page or the refusal.

    `run` calls the action and returns the address of its result. Database
    errors become the violated constraint's message.
    """
    if key is None:
        key = request.POST.get(KEY, "")
    try:
        with translate_integrity_errors():
            location, is_new = run_once(key, by=request.user, run=run)
    except DomainError as refusal:
        return WriteResult(refusal=refusal)
    return WriteResult(location, is_new)
