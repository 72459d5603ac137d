"""Pages go out compressed, files as they are."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPagesMiddleware(GZipMiddleware):
    """Compress HTML for browsers that take it, and nothing else.

    Workbooks and pictures are compressed in themselves, and a download that is packed
    again on its way loses its length, by which the browser shows how far it has come.

    The length of a compressed page tells nothing that opens a door (BREACH): Django
    masks the token of forms anew in each answer and adds random bytes to each, a key of
    a write serves one page, and another site can open our pages in a window but cannot
    fetch them by the thousand (`SameSite`).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind != "text/html":
            return response
        return super().process_response(request, response)
