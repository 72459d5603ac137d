"""Required lists of choices begin with nothing chosen, unless a form has a default."""

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH


class BlankChoicesMixin(forms.BaseForm):
    """A form on which no browser chooses for a person.

    A list without an empty line begins with its first line chosen: who overlooks it
    records that reason, and nobody can tell it from a choice. A list of one has nothing
    to choose.
    """

    def __getitem__(self, name: str) -> forms.BoundField:
        field = self.fields.get(name)
        if field is not None and self._is_undecided(name, field):
            widget: Any = field.widget
            widget.choices = [*BLANK_CHOICE_DASH, *widget.choices]
        return super().__getitem__(name)

    def _is_undecided(self, name: str, field: forms.Field) -> bool:
        """Whether a required list of choices would begin with a choice of nobody's."""
        if type(field.widget) is not forms.Select or not field.required:
            return False
        if isinstance(field, forms.ModelChoiceField):
            return False  # begins blank by itself
        if self.get_initial_for_field(field, name) not in (None, ""):
            return False
        values = [str(value) for value, _label in field.widget.choices]
        return len(values) > 1 and "" not in values
