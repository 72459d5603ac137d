"""`/healthz`: the process answers. `/readyz`: it can serve; if not, what is missing."""

import logging
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.registries.readiness import find_problems, warning_keys

log = logging.getLogger(__name__)


@require_safe
@login_not_required
@never_cache
def show_health(_request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def show_readiness(_request: HttpRequest) -> HttpResponse:
    """Answer 200 if everything that serving needs is there, else 503.

    The answer names what fails and, apart from it, what only warns. The sentences,
    which may name folders and tables, are for the log: anybody may ask.
    """
    problems = find_problems()
    for key, sentences in problems.items():
        log.warning("Not ready, %s: %s", key, " ".join(sentences))
    warnings = problems.keys() & warning_keys()
    failing = problems.keys() - warnings
    return JsonResponse(
        {
            "ready": not failing,
            "failing": sorted(failing),
            "warnings": sorted(warnings),
        },
        status=HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK,
    )
