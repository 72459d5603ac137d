"""Forms of the admin: a record's own, which carries its key, and that of ending it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, EditConflict
from core.months import today
from core.web.edit_conflicts import (
    VERSION_TOKEN,
    FieldConflict,
    conflicts_of,
    version_token,
    with_fresh_token,
)
from core.web.forms import KeyedForm, ReasonForm


class ActionBackedForm(KeyedForm, forms.ModelForm):
    """An admin form that carries its key and what it was opened over.

    `beside` names fields that say how the deed is done (such as the day it takes
    effect) and are no change by themselves. `refusal` is what the deed said when the
    form was sent: the form is then shown again with it.
    """

    version_token = forms.CharField(
        label="", max_length=64, required=False, widget=forms.HiddenInput
    )
    beside: ClassVar[tuple[str, ...]] = ()
    refusal: ClassVar[DomainError | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding or VERSION_TOKEN not in self.fields:
            return
        self._keep_current_choices()
        self.fields[VERSION_TOKEN].initial = version_token(self.instance)
        if isinstance(self.refusal, EditConflict):
            self.data = with_fresh_token(self, self.instance)

    def _keep_current_choices(self) -> None:
        """Let what the row names already stand, even where it is not offered anew."""
        for name, field in self.fields.items():
            current = self.initial.get(name)
            if isinstance(field, forms.ModelChoiceField) and current is not None:
                rows = field.queryset
                if rows is None:
                    continue
                field.queryset = rows.model._default_manager.filter(
                    Q(pk__in=rows.order_by().values("pk")) | Q(pk=current)
                )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal is not None:
            raise forms.ValidationError(str(self.refusal))
        return cleaned

    def conflicts(self) -> list[FieldConflict]:
        """Return what was typed against what stands, where somebody was quicker."""
        return conflicts_of(self) if isinstance(self.refusal, EditConflict) else []

    def changed_values(self) -> dict[str, Any]:
        """Return what the changing deed is called with; nothing if nothing changed."""
        values = self.action_values()
        changed = self._named(values, set(self.changed_data) - set(self.beside))
        return {**changed, **self._named(values, self.beside)} if changed else {}

    def _named(self, values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
        return {name: values[name] for name in names if name in values}


class DatedReasonForm(ReasonForm):
    """The reason for which a record is ended, and the day from which it is."""

    on = forms.DateField(
        label=_("Takes effect on"), widget=AdminDateWidget, initial=today
    )

    field_order = ["on", "reason"]


EndForm = type[KeyedForm]
