"""How guessing passwords is counted and answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.backends import sign_in_name


def counted_name(_request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the name that is counted: never a phone number in plain text."""
    text = (credentials or {}).get("username") or ""
    if not text and _request is not None:
        text = _request.POST.get("username", "")
    return sign_in_name(text) if text else ""


def locked_out(
    request: HttpRequest, _response: Any = None, _credentials: Any = None, **_kw: Any
) -> HttpResponse:
    """Say that the account is locked for a while, and what to do."""
    return render(request, "429.html", status=429)
