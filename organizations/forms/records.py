"""Forms of the tree, of units, of facts of places and of thresholds."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.validators import (
    MaxLengthValidator,
    ProhibitNullCharactersValidator,
)
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from import_export.forms import ConfirmImportForm, SelectableFieldsExportForm
from import_export.resources import ModelResource

from core.admin import ActionBackedForm
from core.months import today
from core.web.forms import (
    DayField,
    KeyedForm,
    KeyField,
    VersionedForm,
    offer_rows,
)
from organizations.models import Organization, OrganizationAlias, Unit
from organizations.queries import code_choices


def sector_choices() -> list[tuple[str, str]]:
    """Return the sectors a unit may belong to, from the code list."""
    return code_choices("org_sectors")


class ConfirmCodeListImportForm(ConfirmImportForm):
    """Confirmation of the preview of a code list's sheet."""

    idempotency_key = KeyField()


class OrganizationFormBase(ActionBackedForm):
    """An organization below another; only the top of the tree has no parent.

    The top is created when the installation is set up.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parent" in self.fields:
            is_top = self.instance.pk is not None and self.instance.parent_id is None
            self.fields["parent"].required = not is_top


class NewOrganizationForm(OrganizationFormBase):
    """The name, parent and first day of a new organization."""

    starts_on = forms.DateField(
        label=_("Founded on"), widget=AdminDateWidget, initial=today
    )


class NamesField(forms.Field):
    """Some names, one per line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> list[str]:
        lines = (line.strip() for line in str(value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: Any) -> None:
        super().validate(value)
        most = OrganizationAlias._meta.get_field("name").max_length
        for name in value:
            MaxLengthValidator(most)(name)
            ProhibitNullCharactersValidator()(name)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or ()) != set(self.to_python(data))


class OrganizationForm(OrganizationFormBase):
    """A change to an organization from a day on; earlier versions remain."""

    parameter_fields = ("on",)
    other_names = NamesField(
        label=_("Other names in sheets"),
        required=False,
        help_text=_("One per line. Imported sheets may use these names."),
    )
    on = forms.DateField(
        label=_("Takes effect on"), widget=AdminDateWidget, initial=today
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "other_names" in self.fields and self.instance.pk:
            self.initial["other_names"] = self.instance.other_names


class UnitForm(ActionBackedForm):
    """The register's entry of a unit."""

    sector = forms.ChoiceField(
        label=_("sector"), choices=sector_choices, required=False
    )


class ChangeUnitForm(VersionedForm, forms.ModelForm):
    """The register's entry of a unit, as its community corrects it."""

    sector = forms.ChoiceField(
        label=_("sector"), choices=sector_choices, required=False
    )

    class Meta:
        model = Unit
        fields = ("name", "credit_code", "sector", "host", "address")

    def __init__(
        self, *args: Any, communities: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "host", communities, preset=True)


class NewUnitForm(ChangeUnitForm):
    """A new unit of one of the given communities."""


def fact_kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of facts about a place, from the code list."""
    return code_choices("place_fact_kinds")


class PlaceFactForm(KeyedForm):
    """A number about a place: as of which day, from where, and how exact."""

    organization = forms.ModelChoiceField(
        label=_("Party organization"), queryset=Organization.objects.none()
    )
    kind = forms.ChoiceField(label=_("Kind of number"), choices=fact_kind_choices)
    value = forms.DecimalField(
        label=_("Number"), min_value=0, max_digits=14, decimal_places=2
    )
    taken_on = DayField(label=_("As of"), past=True, initial=today)
    source = forms.CharField(
        label=_("Source"),
        max_length=80,
        help_text=_("Who counted: the census, the police station, the grid workers."),
    )
    is_estimate = forms.BooleanField(label=_("An estimate"), required=False)
    is_minimum = forms.BooleanField(label=_("At least so many"), required=False)

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations, preset=True)


class ColumnChoiceForm(SelectableFieldsExportForm):
    """Which columns go into the file, by the names the record's own form gives them."""

    def _get_field_label(self, resource: type[ModelResource], field_name: str) -> str:
        column = resource._meta.model._meta.get_field(field_name)
        return str(capfirst(column.verbose_name))


class ThresholdForm(ActionBackedForm):
    """A rule's new number, and the day from which it is in force."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "starts_on" in self.fields:
            self.fields["starts_on"].initial = today
