"""Reject oversized uploads before reading them; hand lists out as files."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.http import reader
from core.web.exports import EXPORT, KINDS, is_exported
from exchange.exports import answer_export, opened_from

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


class ListExportMiddleware:
    """Answer a list's address with `export=xlsx` (or `csv`) in it by a file.

    The page's own view is asked first, so the file holds what the page shows. It is the
    last of the middleware: whatever else refuses a request has refused it by then.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: Sequence[Any],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Return the list as a file; for other addresses let the view answer."""
        kind = request.GET.get(EXPORT, "")
        asks = request.method == "GET" and kind in KINDS and is_exported(view)
        if not asks or not request.user.is_authenticated:
            return None
        response: HttpResponseBase = view(request, *args, **kwargs)
        opened = opened_from(response, reader(request))
        return answer_export(request, opened, kind) if opened else response
