"""The form on which a record keeper voids an entry made by mistake."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import ReasonForm


class VoidForm(ReasonForm):
    """Which of the given entries was made by mistake, and why.

    A single entry is preselected: there is nothing to choose.
    """

    entry = forms.ChoiceField(label=_("Which entry"), widget=forms.RadioSelect)

    field_order = ("entry", "reason")

    def __init__(self, *args: Any, entries: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["entry"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(entry.key, entry.label) for entry in entries]
            if len(field.choices) == 1:
                field.initial = field.choices[0][0]
