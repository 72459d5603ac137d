"""Forms of returns, rounds and the month picker."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.db.sentences import HOW_LONG
from core.months import month_of, today
from core.text import StrOrPromise
from core.web.forms import AskedOnce, DayField, KeyedForm, VersionedForm, offer_rows
from core.web.months import MonthField
from organizations.models import Organization
from reports.enums import ReturnState
from reports.errors import OddNumber
from reports.models import MonthlyReturn
from reports.returns.cells import ReturnCell
from reports.returns.line_values import decimals_of, is_fixed, is_possible
from reports.returns.printing import (
    describe_allowed_numbers,
    describe_largest,
    format_line,
)
from reports.returns.review import ReviewedReturn

CLEAN = _("nothing to look at")


class MonthForm(forms.Form):
    """The month to show."""

    month = MonthField()


class LineForm(AskedOnce, VersionedForm):
    """The number that a line reports, as the form prints it, and its explanation.

    An odd number is asked about once more.
    """

    value = forms.DecimalField(label=_("Reported number"), max_digits=16)
    reason = forms.CharField(
        label=_("Explanation"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=format_lazy(
            "{} {}", _("Needed where the number is not the computed one."), HOW_LONG
        ),
    )

    def __init__(self, *args: Any, cell: ReturnCell, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cell, line = cell, cell.line
        if not is_fixed(line):
            value = self.fields["value"]
            shape = describe_allowed_numbers(line)
            value.help_text = _("It is %(shape)s.") % {"shape": shape}
            value.widget.attrs |= {"min": 0, "step": 10 ** -decimals_of(line)}

    def questions(self) -> Iterator[StrOrPromise]:
        """Ask about a number that is far above the records and the recent months."""
        cell = self.cell
        value = self.cleaned_data["value"] * cell.line.divisor
        if cell.fixed or not is_possible(cell.line, value):
            return
        if cell.is_odd_number(value):
            yield str(
                OddNumber(
                    line=cell.label,
                    value=format_line(cell.line, value),
                    computed=format_line(cell.line, cell.computed),
                    largest=describe_largest(cell.line, cell.largest),
                )
            )


class ReturnAnswerForm(VersionedForm):
    """What the street is answered when a returned return is submitted again."""

    answer = forms.CharField(
        label=_("Answer to the street"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=HOW_LONG,
    )


class CommentForm(KeyedForm):
    """What the street asks about one number."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=HOW_LONG,
    )


class CommentAnswerForm(VersionedForm):
    """What the community answers a comment."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=HOW_LONG,
    )


class ExtensionForm(KeyedForm):
    """The later due day of one return, and why."""

    due_on = DayField(label=_("Extended to"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=HOW_LONG,
    )


class CallForm(KeyedForm):
    """A call about a return that is not submitted."""

    called_on = DayField(label=_("Called on"), past=True)
    spoke_with = forms.CharField(label=_("Spoke with"), max_length=40)
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NarrativeForm(VersionedForm):
    """The account of the month."""

    narrative = forms.CharField(
        label=_("Account of the month"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class ReviewedChoiceField(forms.ModelMultipleChoiceField):
    """Returns to be ticked, each with what there is to look at."""

    marks: Mapping[int, str]

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.organization.name} · {self.marks[obj.pk]}"


class AcceptTogetherForm(KeyedForm):
    """Which of the submitted returns are accepted; the clean ones are ticked."""

    returns = ReviewedChoiceField(
        label=_("Returns to accept"),
        queryset=MonthlyReturn.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Nothing was accepted: tick at least one return.")
        },
    )

    def __init__(
        self, *args: Any, reviewed: Iterable[ReviewedReturn], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [one for one in reviewed if one.row.state == ReturnState.SUBMITTED]
        offered = [one for one in offered if not one.impossible]
        field = self.fields["returns"]
        keys = [one.row.pk for one in offered]
        rows = MonthlyReturn.objects.filter(pk__in=keys).select_related("organization")
        offer_rows(self, "returns", rows.order_by("organization__path"))
        field.marks = {  # type: ignore[attr-defined] # declared above
            one.row.pk: " · ".join(
                filter(None, [one.headline, "；".join(one.marks) or str(CLEAN)])
            )
            for one in offered
        }
        field.initial = [one.row.pk for one in offered if one.is_clean]


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
