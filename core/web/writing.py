"""The write pipeline that pages, buttons and the admin share.

Find the row among those the person may see, ask permission, then run the action once
for its idempotency key; a refusal is returned in words for the edge to show.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.http import HttpRequest

from core.db.constraints import translate_integrity_errors
from core.errors import DomainError
from core.web.forms import KEY
from core.web.idempotency import run_once

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The outcome of one requested write.

    `location` is the page of the result, `is_new` is false where the same key was
    done before, `refusal` says why nothing was written.
    """

    location: str = ""
    is_new: bool = False
    refusal: DomainError | None = None


def run_write(
    request: HttpRequest, run: Callable[[], str], *, key: str | None = None
) -> WriteResult:
    """Run an action once for the form's key; return where it led, or the refusal.

    `run` calls the action and returns the address of its result. What the database
    refuses is put into the words of the violated rule.
    """
    if key is None:
        key = request.POST.get(KEY, "")
    try:
        with translate_integrity_errors():
            location, is_new = run_once(key, by=request.user, run=run)
    except DomainError as refusal:
        return WriteResult(refusal=refusal)
    return WriteResult(location, is_new)
