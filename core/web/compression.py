"""Compress pages, but not files."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPagesMiddleware(GZipMiddleware):
    """Compress HTML for browsers that accept it, and nothing else.

    Workbooks and pictures are compressed already, and a response that is compressed
    while it is sent has no length, which browsers need to show the progress of a
    download.

    The length of a compressed page does not expose secrets (BREACH): Django masks the
    CSRF token anew in each response and adds random bytes to each, an idempotency key
    is valid for one page only, and another site can open our pages in a window but
    cannot fetch them repeatedly (`SameSite`).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind != "text/html":
            return response
        return super().process_response(request, response)
