"""The form that settles the matter of a member whom nobody managed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KeyedForm
from members.enums import PocketOutcome


class PocketOutcomeForm(KeyedForm):
    """What came of it, as the records prove it, and in words."""

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
