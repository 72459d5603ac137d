"""Fields that another field makes required: told in words, and marked by a script."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise

IF = _("Required where “%(field)s” is %(values)s.")
UNLESS = _("Required unless “%(field)s” is %(values)s.")
UNLESS_BOTH = _(
    "Required unless “%(field)s” is %(values)s and “%(blank)s” is filled in."
)
IF_BOTH = _("Required where “%(field)s” is %(values)s and “%(blank)s” is empty.")
IF_BLANK = _("Required where “%(blank)s” is empty.")


@dataclass(frozen=True, slots=True)
class RequiredWhen:
    """A field is required if another has one of some values, or unless it has.

    With `blank` it is required only while that field is empty; with both `unless` and
    `blank`, unless the one has its value and the other is filled in. The form's own
    `clean` refuses; this tells beforehand.
    """

    field: str = ""
    values: Collection[str] = ()
    unless: bool = False
    blank: str = ""

    def describe(self, fields: Mapping[str, forms.Field]) -> StrOrPromise:
        """Return the condition in words."""
        words: Any = UNLESS if self.unless else IF
        if self.blank:
            both = UNLESS_BOTH if self.unless else IF_BOTH
            words = both if self.field else IF_BLANK
        described: StrOrPromise = words % {
            "field": fields[self.field].label if self.field else "",
            "values": self._labels(fields) if self.field else "",
            "blank": fields[self.blank].label if self.blank else "",
        }
        return described

    def _labels(self, fields: Mapping[str, forms.Field]) -> str:
        choices: Any = getattr(fields[self.field], "choices", ())
        return "、".join(f"“{label}”" for key, label in choices if key in self.values)

    def attributes(self, form: forms.BaseForm) -> dict[str, str]:
        """Return the condition as `fields.js` reads it."""
        attributes = {"data-required-when": ""}
        if self.field:
            attributes["data-required-by"] = form.add_prefix(self.field)
            attributes["data-required-values"] = " ".join(sorted(self.values))
        if self.unless:
            attributes["data-required-unless"] = ""
        if self.blank:
            attributes["data-required-if-blank"] = form.add_prefix(self.blank)
        return attributes


class RequiredMarksMixin(forms.BaseForm):
    """A form on which some fields are required by what others hold."""

    required_when: ClassVar[Mapping[str, RequiredWhen]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, when in self.required_when.items():
            if {name, when.field, when.blank} - {""} <= {*self.fields}:
                field = self.fields[name]
                field.widget.attrs.update(when.attributes(self))
                words = when.describe(self.fields)
                field.help_text = format_lazy("{} {}", words, field.help_text)
