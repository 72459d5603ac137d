"""The form that settles the matter of a member whom nobody managed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KeyedForm
from core.web.required_marks import RequiredWhen
from members.enums import PocketOutcome
from members.errors import ManagerMissing


class PocketOutcomeForm(KeyedForm):
    """What came of it, as the records prove it, and in words.

    Nothing but the words proves that an organization manages somebody after all.
    """

    required_when: ClassVar[Mapping[str, RequiredWhen]] = {
        "note": RequiredWhen("outcome", [PocketOutcome.MANAGED])
    }

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=PocketOutcome.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Record the transfer, the absence, the search or the end on the member's"
            " page first."
        ),
    )
    note = forms.CharField(
        label=_("Who manages them, or how it came about"),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        is_managed = values.get("outcome") == PocketOutcome.MANAGED
        if is_managed and not values.get("note") and "note" not in self.errors:
            self.add_error("note", forms.ValidationError(str(ManagerMissing())))
        return values
