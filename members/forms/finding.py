"""The form that finds members by a whole number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.db.fields import NumberTextFormField
from core.errors import DomainError
from core.identity import (
    clean_identity_number,
    fold_text,
    identity_index,
    is_phone,
    phone_index,
)
from core.web.forms import WithoutNumbersForm

SHORTEST_IDENTITY_NUMBER = 15  # nearer to 18 characters than to the 11 of a phone
NEITHER = _(
    "This is neither an identity number (18 characters) nor a mobile phone (11 digits"
    " beginning with 1). Nothing was looked up: compare it with the card."
)


class FindForm(WithoutNumbersForm):
    """A whole identity number or phone, looked up exactly and never put into a URL."""

    number = NumberTextFormField(
        label=_("Identity number or mobile phone"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    reason = forms.CharField(
        label=_("Why the whole city is asked"),
        max_length=200,
        required=False,
        help_text=_(
            "Only where nobody is found in your area: then the place to ask is named."
            " Whether or not somebody is found, who asked, when and why is recorded"
            " permanently, and whoever is found reads it; so write no numbers here."
        ),
    )

    def clean_number(self) -> dict[str, str]:
        """Return the column of the blind index, and the index to find in it."""
        text = self.cleaned_data["number"]
        if is_phone(text):
            return {"phone_index": phone_index(text)}
        if len(fold_text(text)) < SHORTEST_IDENTITY_NUMBER:
            raise forms.ValidationError(NEITHER)
        try:
            return {"id_index": identity_index(clean_identity_number(text))}
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
