"""Hand out a file as a download."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def hand_out(content: bytes, name: str, *, content_type: str) -> HttpResponse:
    """Return bytes as a file to be saved under a name, neither guessed nor cached."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {
        "Content-Disposition": str(disposition),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
