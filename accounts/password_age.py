"""Asks for a new password where the office requires one at intervals."""

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]
STILL_OPEN = ("accounts:password", "accounts:sign_out", "set_language")


def is_due(user: User) -> bool:
    """Whether the password is older than the setting allows; 0 allows any age."""
    days: int = settings.PASSWORD_MAX_AGE_DAYS
    if not days:
        return False
    since = user.password_set_at or user.made_at
    return timezone.now() - since > dt.timedelta(days=days)


def password_age_middleware(get_response: GetResponse) -> GetResponse:
    """Lead people whose password is due to the page on which they change it."""

    def respond(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or not is_due(user):
            return get_response(request)
        if request.path in {reverse(name) for name in STILL_OPEN}:
            return get_response(request)
        messages.info(
            request,
            gettext(
                "Your password is due to be changed. Nothing was lost: choose a new one"
                " here, then go on."
            ),
        )
        return HttpResponseRedirect(
            reverse("accounts:password"), status=HTTPStatus.SEE_OTHER
        )

    return respond
