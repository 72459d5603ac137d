"""Forms of returns, rounds and the month picker."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.months import month_of, today
from core.web.forms import KeyedForm, VersionedForm, offer_rows
from core.web.months import MonthField
from organizations.models import Organization
from reports.models import ReturnFormLine
from reports.returns.line_values import decimals_of, is_fixed
from reports.returns.printing import describe_allowed_numbers


class MonthForm(forms.Form):
    """The month to show."""

    month = MonthField()


class LineForm(VersionedForm):
    """The number that a line reports, as the form prints it, and its explanation."""

    value = forms.DecimalField(label=_("Reported number"), max_digits=16)
    reason = forms.CharField(
        label=_("Explanation"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where the number is not the computed one."),
    )

    def __init__(self, *args: Any, line: ReturnFormLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_fixed(line):
            decimals = decimals_of(line)
            value = self.fields["value"]
            shape = describe_allowed_numbers(decimals)
            value.help_text = _("It is %(shape)s.") % {"shape": shape}
            value.widget.attrs |= {"min": 0, "step": 10**-decimals}


class NarrativeForm(VersionedForm):
    """The account of the month."""

    narrative = forms.CharField(
        label=_("Account of the month"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class RoundForm(KeyedForm):
    """The street and the month of a round."""

    organization = forms.ModelChoiceField(
        label=_("Street"), queryset=Organization.objects.none()
    )
    month = MonthField()

    def __init__(
        self, *args: Any, streets: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", streets)

    def clean_month(self) -> dt.date:
        """Accept the current month or an earlier one."""
        month: dt.date = self.cleaned_data["month"]
        if month > month_of(today()):
            raise forms.ValidationError(_("This month has not begun yet."))
        return month
