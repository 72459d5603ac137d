"""One's own dates in the calendar of a phone or a computer."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.actions import make_calendar_address, revoke_calendar_address
from accounts.actions.calendars import calendar_digest
from accounts.http import reader
from accounts.models import CalendarAddress, User
from core.calendar_text import CONTENT_TYPE, Appointment, write_calendar
from core.errors import DomainError
from core.months import today
from core.registries.calendar import appointments_of
from core.registries.todos import todos_for
from core.web.components import ActionButton
from core.web.forms import new_key
from core.web.views import ActionView
from core.web.writing import run_write

LOOK_BACK = dt.timedelta(days=31)
MAX_APPOINTMENTS = 500
MAX_READS = 60
"""So many reads of one address an hour, in each server process."""
HOUR_SECONDS = 3600


class CalendarPage(TemplateView):
    """Explains how to subscribe; makes the address, which is shown once."""

    template_name = "accounts/calendar.html"
    extra_context = {"title": _("My dates on the phone")}
    repeated_message = _(
        "This address was made already and is shown only once: make a new one if it"
        " was not copied."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = CalendarAddress.objects.visible_to(reader(self.request))
        current = rows.current().first()
        context = {
            "current": current,
            "new_key": new_key,
            "revoke": current and revoke_button(),
            **kwargs,
        }
        return super().get_context_data(**context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make the address and show it."""
        tokens: list[str] = []
        user = reader(request)

        def run() -> str:
            tokens.append(make_calendar_address(user, by=user))
            return reverse("accounts:calendar")

        try:
            location = run_write(request, run)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            location = reverse("accounts:calendar")
        if not tokens:
            return HttpResponseRedirect(location)
        path = reverse("accounts:calendar_feed", args=[tokens[0]])
        address = request.build_absolute_uri(path)
        return self.render_to_response(self.get_context_data(address=address))


def revoke_button() -> ActionButton:
    """Return the button that closes one's address, once it is said what that ends."""
    return ActionButton(
        _("Close the address"),
        reverse("accounts:revoke_calendar"),
        danger=True,
        consequence=_(
            "Every calendar that was set up with this address stays as it is and gets"
            " no news any more. The address cannot be opened again; a new one can be"
            " made at any time."
        ),
        confirm_label=_("Close it now"),
    )


class RevokeCalendar(ActionView[User]):
    """Ends one's own address."""

    http_method_names = ["post"]
    success_message = _("The address opens no more.")

    def get_object(self) -> User:
        return reader(self.request)

    def has_permission(self, obj: User) -> bool:
        return obj.pk == self.request.user.pk

    def run_action(self, obj: User) -> None:
        revoke_calendar_address(obj, by=reader(self.request))

    def get_success_url(self, obj: User) -> str:
        return reverse("accounts:calendar")


@method_decorator(login_not_required, name="dispatch")
class CalendarFeed(View):
    """The dates of whoever the address belongs to, for a calendar program.

    An address that is unknown or ended, or of a closed account, is not found: nobody
    learns from the answer which of these it is.
    """

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        digest = calendar_digest(token)
        found = CalendarAddress.objects.opening(digest).select_related("user").first()
        if found is None:
            raise Http404
        if _is_read_too_often(digest):
            headers = {"Retry-After": str(HOUR_SECONDS)}
            return HttpResponse(status=429, headers=headers)
        text = write_calendar(
            str(_("Party-building dates")),
            dates_of(found.user)[:MAX_APPOINTMENTS],
            base=request.build_absolute_uri("/"),
            now=timezone.now(),
        )
        headers = {
            "Cache-Control": "private, no-store",
            "Referrer-Policy": "no-referrer",
        }
        return HttpResponse(text, content_type=CONTENT_TYPE, headers=headers)


def dates_of(user: User) -> list[Appointment]:
    """Return a person's appointments, and what is due where no appointment says so."""
    own = appointments_of(user, today() - LOOK_BACK)
    listed = {appointment.url for appointment in own}
    due = [
        Appointment(
            key=f"due {todo.label} {todo.url}",
            title=f"{todo.label} ({todo.count})" if todo.count > 1 else str(todo.label),
            starts=todo.due_on,
            url=todo.url,
        )
        for todo in todos_for(user, today())
        if todo.due_on is not None and todo.url not in listed
    ]
    return [*own, *due]


def _is_read_too_often(digest: str) -> bool:
    key = f"calendar-{digest}"
    cache.add(key, 0, HOUR_SECONDS)
    return bool(cache.incr(key) > MAX_READS)
