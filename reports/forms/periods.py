"""The form that asks for a workbook of several months."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.months import months_between, shift_month
from core.web.forms import KeyedForm, offer_rows
from core.web.months import MonthField, has_not_begun
from organizations.models import Organization
from reports.forms.superior_forms import TreeField, last_whole_month
from reports.workbooks.orders import WorkbookOrder, list_groups
from reports.workbooks.periods import Period, PeriodKind, period_of
from reports.workbooks.topics import topics

MOST_MONTHS = 13
"""So many columns of months fit A4 beside the places; a year and the month before."""


def month_a_year_back() -> Any:
    """Return the month with which the last whole one is mostly compared."""
    return shift_month(last_whole_month(), -12)


class PeriodForm(KeyedForm):
    """The place, what the workbook is about, its kind and its months."""

    organization = TreeField(
        label=_("Place"), queryset=Organization.objects.none(), empty_label=None
    )
    topic = forms.ChoiceField(
        label=_("Contents"),
        required=False,
        help_text=_("A topic has a row for each place directly below."),
    )
    kind = forms.ChoiceField(
        label=_("Kind of workbook"),
        choices=PeriodKind.choices,
        initial=PeriodKind.QUARTER,
    )
    month = MonthField(
        label=_("Month"),
        initial=last_whole_month,
        help_text=_(
            "Any month of the quarter or the year; of a comparison the last one."
        ),
    )
    since = MonthField(
        label=_("Compared from"),
        initial=month_a_year_back,
        required=False,
        help_text=_("For a comparison alone: its first month, of thirteen at most."),
    )
    group = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        help_text=_("For a comparison alone: one sheet for each of its numbers."),
    )

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations)
        offered = [(one.key, one.label) for one in topics]
        self.fields["topic"].choices = [("", _("Numbers of the returns")), *offered]  # type: ignore[attr-defined] # a ChoiceField
        groups = [(str(at), name) for at, name in enumerate(list_groups())]
        self.fields["group"].choices = groups  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Refuse months to come, and comparisons of one month or of too many."""
        values: dict[str, Any] = super().clean() or {}
        month, since = values.get("month"), values.get("since")
        if month and has_not_begun(month):
            words = _("This month has not begun: choose an earlier one.")
            self.add_error("month", words)
        if month and values.get("kind") == PeriodKind.COMPARISON:
            if values.get("topic"):
                words = _("Only numbers of the returns are compared month by month.")
                self.add_error("topic", words)
            if since is None or not since < month:
                words = _("Choose a first month before the last one.")
                self.add_error("since", words)
            elif len(list(months_between(since, month))) > MOST_MONTHS:
                words = _("Choose thirteen months at most: so many fit the paper.")
                self.add_error("since", words)
        return values

    def order(self) -> WorkbookOrder:
        """Return the workbook that was asked for."""
        values = self.cleaned_data
        kind = PeriodKind(values["kind"])
        if kind == PeriodKind.COMPARISON:
            period = Period(kind, values["since"], values["month"])
            group = values["group"]
            return WorkbookOrder.of(values["organization"].pk, period, group=group)
        period = period_of(kind, values["month"])
        topic = values["topic"]
        return WorkbookOrder.of(values["organization"].pk, period, topic=topic)
