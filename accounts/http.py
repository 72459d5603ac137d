"""The signed-in user of a request."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User


def reader(request: HttpRequest) -> User:
    """Return the request's user; `LoginRequiredMiddleware` ensures they signed in."""
    return cast("User", request.user)
