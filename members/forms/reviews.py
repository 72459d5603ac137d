"""Forms of monthly reviews, and of inquiries at former units."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.db.fields import NumberTextFormField
from core.months import today
from core.web.forms import KeyedForm
from members.enums import InquiryAnswer, ReviewFinding
from members.fields import day_field


class ReviewForm(KeyedForm):
    """Of whom something was found this month, and what."""

    members = forms.MultipleChoiceField(
        label=_("Members reviewed"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all of whom the same was found."),
    )
    finding = forms.ChoiceField(
        label=_("What was found"),
        choices=ReviewFinding.choices,
        widget=forms.RadioSelect,
        initial=ReviewFinding.STILL.value,
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(
        self, *args: Any, lines: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = lines  # type: ignore[attr-defined] # a choice field


class InquiryForm(KeyedForm):
    """Which unit is asked about the member, and under which number."""

    unit = forms.CharField(label=_("Former unit"), max_length=80)
    number = NumberTextFormField(
        label=_("Number of the inquiry"), max_length=40, required=False
    )
    on = day_field(_("Sent on"), initial=today)


class InquiryAnswerForm(KeyedForm):
    """What the former unit says, who says it, and on which day."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=InquiryAnswer.choices, widget=forms.RadioSelect
    )
    said_by = forms.CharField(label=_("Answered by"), max_length=80)
    on = day_field(_("Answered on"), initial=today)
