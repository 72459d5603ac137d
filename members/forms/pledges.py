"""Forms of what members promise."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.forms import KeyedForm, TermForm
from members.enums import PLEDGE_OUTCOMES, PledgeState
from members.fields import pledge_kinds
from members.models.pledge import MOST

AMOUNT_AND_MEASURE = _(
    "A number needs what is counted (times, hours), and the other way round."
)


class PledgeForm(TermForm):
    """What is promised for which period; a number with what it counts, if there is one.

    By default for the whole of a year.
    """

    kind = forms.ChoiceField(
        label=pgettext_lazy("pledge", "Kind of pledge"), choices=pledge_kinds
    )
    text = forms.CharField(
        label=pgettext_lazy("pledge", "What is pledged"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As concretely as can be: what, for whom, how often."),
    )
    amount = forms.IntegerField(
        label=pgettext_lazy("pledge", "How many"),
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=_("If it can be counted; may stay empty."),
    )
    measure = forms.CharField(
        label=pgettext_lazy("pledge", "Of what"),
        max_length=10,
        required=False,
        help_text=_("For example: times, hours"),
    )

    field_order = ("kind", "text", "amount", "measure", "starts_on", "last_day")

    def clean(self) -> dict[str, Any] | None:
        """Ask for the measure of a number, and for the number of a measure."""
        values = super().clean() or {}
        amount, measure = values.get("amount"), values.get("measure", "")
        if "amount" not in self.errors and (amount is None) != (not measure):
            self.add_error("measure" if measure == "" else "amount", AMOUNT_AND_MEASURE)
        return values


def whole_year(year: int) -> dict[str, dt.date]:
    """Return the first and the last day of a year, for an empty form."""
    return {"starts_on": dt.date(year, 1, 1), "last_day": dt.date(year, 12, 31)}


class PledgeOutcomeForm(KeyedForm):
    """Whether a promise was kept, and why not."""

    state = forms.ChoiceField(
        label=pgettext_lazy("pledge", "What came of it"),
        choices=[(one.value, one.label) for one in PLEDGE_OUTCOMES],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=pgettext_lazy("pledge", "What was done, or why it was not kept"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where it was kept only partly, or not."),
    )

    def clean(self) -> dict[str, Any] | None:
        """Ask for the reason where the promise was not kept, or only partly."""
        values = super().clean() or {}
        is_kept = values.get("state", "") in ("", PledgeState.KEPT)
        if not is_kept and not values.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", _("Say why it was not kept, or only partly."))
        return values
