"""Reject oversized uploads before reading them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MEGABYTE = 1024 * 1024
AROUND_A_FILE = MEGABYTE  # the other fields of the form

GetResponse = Callable[[HttpRequest], HttpResponse]


def upload_limit_middleware(get_response: GetResponse) -> GetResponse:
    """Answer 413 to a request that announces a body larger than any upload.

    It runs before the CSRF check, which is the first to read a body.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        limit = settings.UPLOAD_LIMIT_BYTES
        if declared_length(request) > limit + AROUND_A_FILE:
            context = {"limit": limit // MEGABYTE}
            return render(request, "exchange/too_large.html", context, status=413)
        return get_response(request)

    return respond


def declared_length(request: HttpRequest) -> int:
    """Return the length of the body as the request declares it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
