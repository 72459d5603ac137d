"""Shapes that the pages of this app share."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.months import month_of, today
from core.text import StrOrPromise
from core.web.components import ActionButton
from core.web.views import PermittedObjectMixin
from reports.forms import MonthForm
from reports.models import MonthlyReturn, ReturnForm


def verb(
    label: StrOrPromise, name: str, pk: int, *, primary: bool = False
) -> ActionButton:
    """Return a button for a deed over one row of this app."""
    return ActionButton(label, reverse(f"reports:{name}", args=[pk]), primary)


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


class OverReturn(PermittedObjectMixin[MonthlyReturn]):
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
