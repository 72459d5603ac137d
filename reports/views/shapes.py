"""Shapes that the pages of this app share."""

import datetime as dt
from typing import Any, ClassVar, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.models import User
from core.months import month_of, today
from core.pages import Verb
from core.views import DeedFormView, DeedView, OverRow
from core.words import Words
from reports.forms import MonthForm
from reports.models import MonthlyReturn, ReturnForm


def verb(label: Words, name: str, pk: int, *, primary: bool = False) -> Verb:
    """Return a button for a deed over one row of this app."""
    return Verb(label, reverse(f"reports:{name}", args=[pk]), primary)


def reader(request: HttpRequest) -> User:
    """Return who asks; every page here is for people who have signed in."""
    return cast("User", request.user)


def chosen_month(request: HttpRequest) -> dt.date:
    """Return the month asked for, or the running one."""
    form = MonthForm(request.GET)
    return form.cleaned_data["month"] if form.is_valid() else month_of(today())


class OverReturn(OverRow[MonthlyReturn]):
    """A page over one return."""

    model = MonthlyReturn

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related(
            "organization", "round__form", "submitted_by", "decided_by"
        )


class ReturnDeed(OverReturn, DeedView[MonthlyReturn]):
    """A verb over one return."""


class ReturnFormDeed(OverReturn, DeedFormView):
    """A form over one return: found and permitted before it is shown or sent."""

    stale_aware: ClassVar[bool] = True
    row: MonthlyReturn

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.row = self.found()
        return cast("HttpResponse", super().dispatch(request, *args, **kwargs))

    def over(self) -> MonthlyReturn | None:
        return self.row if self.stale_aware else None

    def get_form_kwargs(self) -> dict[str, Any]:
        extra = {"over": self.row} if self.stale_aware else {}
        return {**super().get_form_kwargs(), **extra}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = {"cancel_url": self.row.get_absolute_url()}
        return super().get_context_data(**back, **kwargs)

    def get_success_url(self) -> str:
        return self.row.get_absolute_url()


def title_of(row: MonthlyReturn) -> str:
    """Return a return's heading, as the form is headed."""
    form: ReturnForm = row.round.form
    return f"{row.organization.name} {row.month:%Y-%m} {form.title}"
