"""The form on which a record keeper voids an entry made by mistake."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from core.web.forms import AskedOnce, ReasonForm

CALLED_MEANWHILE = _(
    "Without this entry it remains unexplained what is on record: %(records)s. If it"
    " was a mistake all the same, tick below and save again; those records are then"
    " marked until they are corrected."
)


class VoidForm(AskedOnce, ReasonForm):
    """Which of the given entries was made by mistake, and why.

    A single entry is preselected: there is nothing to choose. Asks once about the
    meetings to which the member was called because of the entry.
    """

    entry = forms.ChoiceField(label=_("Which entry"), widget=forms.RadioSelect)

    field_order = ("entry", "reason")

    def __init__(self, *args: Any, entries: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = {entry.key: entry for entry in entries}
        field = self.fields["entry"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (entry.key, entry.label) for entry in self.entries.values()
            ]
            if len(field.choices) == 1:
                field.initial = field.choices[0][0]

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        entry = self.entries[self.cleaned_data["entry"]]
        if records := entry.describe_called():
            yield CALLED_MEANWHILE % {"records": "；".join(records)}
