"""The write pipeline that pages, buttons and the admin share.

Callers find the row among those the person may see and check permission; `run_write`
then runs the action once for the form's key. A form whose key was used never gets
there, or not through: `accounts.middleware.SentAgainMiddleware` answers it.
"""

from collections.abc import Callable

from django.http import HttpRequest

from core.db.constraint_errors import translate_integrity_errors
from core.web.idempotency import KEY, digest_sent_form, run_once

ANSWERED = "form_answered"  # this request wrote, or said what was written


def run_write(request: HttpRequest, run: Callable[[], str]) -> str:
    """Run an action once for the form's key; return the address of its result.

    `run` calls the action and returns that address. A refusal is raised; database
    errors become the violated constraint's message.
    """
    key, digest = request.POST.get(KEY, ""), digest_sent_form(request)
    with translate_integrity_errors():
        location = run_once(key, digest=digest, by=request.user, run=run)
    setattr(request, ANSWERED, True)
    return location


def is_sent_again(request: HttpRequest) -> bool:
    """Whether the page shows a form whose key was used for other content."""
    return hasattr(request, "saved_before")
