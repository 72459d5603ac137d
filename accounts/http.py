"""Who asks, on pages that ask people to sign in first."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User


def reader(request: HttpRequest) -> User:
    """Return who asks; `LoginRequiredMiddleware` has let nobody else through."""
    return cast("User", request.user)
