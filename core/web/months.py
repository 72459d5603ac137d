"""Months in forms and in addresses."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import format_month
from core.months import month_of, today


class MonthField(forms.DateField):
    """A month, written and picked as yyyy-mm; its value is the first day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
        super().__init__(
            **{"label": _("Month"), **kwargs, "input_formats": ["%Y-%m"]},
            widget=widget,
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not 1900 <= value.year < 2100:
            raise forms.ValidationError(_("Choose a month between 1900 and 2099."))


class MonthConverter:
    """A month in an address: 2026-06."""

    regex = r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> dt.date:
        """Return the month's first day."""
        return dt.date.fromisoformat(f"{value}-01")

    def to_url(self, value: dt.date) -> str:
        """Write the month of any of its days."""
        return f"{value:%Y-%m}"


def has_not_begun(month: dt.date) -> bool:
    """Whether a month has not begun; it then has no figures, not even zero."""
    return month > month_of(today())


def redirect_to_current_month(
    request: HttpRequest, month: dt.date, url: str
) -> HttpResponse:
    """Redirect from a month that has not begun to the address given, and say why."""
    text = gettext(
        "%(month)s has not begun yet, so it has no figures. This is %(running)s."
    )
    messages.info(
        request, text % {"month": format_month(month), "running": format_month(today())}
    )
    return HttpResponseRedirect(url)
