"""Forms of corrections that members propose of their own record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.db.fields import NumberTextFormField
from core.web.forms import KeyedForm, ReasonForm
from members.enums import CorrectedField
from members.fields import PhoneField, education_levels
from members.models import Member
from organizations.models import Unit

NOTHING = _("Write what is right in at least one of the fields above.")


def _length_of(column: str) -> int:
    field: Any = Member._meta.get_field(column)
    return int(field.max_length)


class ProposeCorrectionForm(ReasonForm):
    """What is right, in the fields that are wrong; the others stay empty."""

    phone = PhoneField(label=CorrectedField.PHONE.label, required=False)
    landline = NumberTextFormField(
        label=CorrectedField.LANDLINE.label,
        max_length=_length_of("landline"),
        required=False,
    )
    address = forms.CharField(
        label=CorrectedField.ADDRESS.label,
        max_length=_length_of("address"),
        required=False,
    )
    education = forms.ChoiceField(
        label=CorrectedField.EDUCATION.label, choices=education_levels, required=False
    )
    employer = forms.CharField(
        label=CorrectedField.EMPLOYER.label,
        max_length=100,
        required=False,
        help_text=_("The full name of the unit at which you work or study."),
    )

    field_order = (*CorrectedField.values, "reason")

    def clean(self) -> dict[str, Any] | None:
        """Ask for one value at least."""
        values = super().clean() or {}
        given = [name for name in CorrectedField.values if values.get(name)]
        if not given and not self.errors:
            self.add_error("reason", NOTHING)
        return values

    def proposed_values(self) -> dict[str, str]:
        """Return what was typed, by field."""
        given = {name: self.cleaned_data[name] for name in CorrectedField.values}
        return {name: value for name, value in given.items() if value}


class AcceptCorrectionForm(KeyedForm):
    """Accept a correction; of a unit that was named in words, the registered one."""

    employer = forms.ModelChoiceField(
        label=_("Unit in the register"), queryset=Unit.objects.none(), required=False
    )

    def __init__(self, *args: Any, employers: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if employers is None:
            del self.fields["employer"]
        else:
            field: Any = self.fields["employer"]
            field.queryset, field.required = employers, True
