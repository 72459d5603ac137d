"""Shapes that the pages of this app share."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.months import month_of, today
from core.pages import Verb
from core.views import OverRow
from core.words import Words
from reports.forms import MonthForm
from reports.models import MonthlyReturn, ReturnForm


def verb(label: Words, name: str, pk: int, *, primary: bool = False) -> Verb:
    """Return a button for a deed over one row of this app."""
    return Verb(label, reverse(f"reports:{name}", args=[pk]), primary)


def chosen_month(request: HttpRequest) -> dt.date:
    """Return the month asked for, or the running one; say so if it cannot be read."""
    form = MonthForm(request.GET)
    if form.is_valid():
        month: dt.date = form.cleaned_data["month"]
        return month
    if request.GET.get("month"):
        text = _("“%(text)s” is no month such as 2026-11: this is the running month.")
        messages.warning(request, text % {"text": request.GET["month"][:20]})
    return month_of(today())


def is_to_come(month: dt.date) -> bool:
    """Whether a month has not begun: there are no figures of it, not even nought."""
    return month > month_of(today())


def to_the_running_month(
    request: HttpRequest, month: dt.date, url: str
) -> HttpResponse:
    """Lead away from a month that has not begun, and say why."""
    text = _("%(month)s has not begun yet, so it has no figures. This is %(running)s.")
    messages.info(
        request, text % {"month": f"{month:%Y-%m}", "running": f"{today():%Y-%m}"}
    )
    return HttpResponseRedirect(url)


class OverReturn(OverRow[MonthlyReturn]):
    """A page over one return."""

    model = MonthlyReturn

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related(
            "organization", "round__form", "submitted_by", "decided_by"
        )


def title_of(row: MonthlyReturn) -> str:
    """Return a return's heading, as the form is headed."""
    form: ReturnForm = row.round.form
    return f"{row.organization.name} {row.month:%Y-%m} {form.title}"
