"""Helpers that the views of this app share."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import reader
from core.dates import format_month
from core.months import month_of, today
from core.text import StrOrPromise
from core.web.components import ActionButton
from core.web.views import PermittedObjectMixin
from reports import permissions
from reports.forms import MonthForm
from reports.models import MonthlyReturn, ReturnForm


def action_button(
    label: StrOrPromise, name: str, pk: int, *, primary: bool = False, version: str = ""
) -> ActionButton:
    """Return a button that runs an action on one row of this app."""
    url = reverse(f"reports:{name}", args=[pk])
    return ActionButton(label, url, primary, version=version)


def chosen_month(request: HttpRequest) -> dt.date:
    """Return the requested month, by default this one; warn if it cannot be parsed."""
    form = MonthForm(request.GET)
    if form.is_valid():
        month: dt.date = form.cleaned_data["month"]
        return month
    if request.GET.get("month"):
        text = _(
            "“%(text)s” is not a month such as 2026-11: the current month is shown."
        )
        messages.warning(request, text % {"text": request.GET["month"][:20]})
    return month_of(today())


class ReturnObjectMixin(PermittedObjectMixin[MonthlyReturn]):
    """A view of one return."""

    model = MonthlyReturn

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related(
            "organization", "round__form", "submitted_by", "decided_by"
        )


def rows_read(row: MonthlyReturn) -> list[Model]:
    """Return what a person reads of a return: its numbers and what is asked of them."""
    return [row, *row.lines.all(), *row.comments.all()]


class FilingMixin(ReturnObjectMixin):
    """For the record keepers of the community, who edit its return and submit it."""

    def has_permission(self, obj: MonthlyReturn) -> bool:
        return permissions.can_file(reader(self.request), obj)


def return_title(row: MonthlyReturn) -> str:
    """Return the title of a return: community, month and form."""
    form: ReturnForm = row.round.form
    return f"{row.organization.name} {format_month(row.month)} {form.title}"
