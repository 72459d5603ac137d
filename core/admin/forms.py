"""Forms of the admin: one to edit a record and one to end it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, EditConflict
from core.months import today
from core.web.edit_conflicts import (
    MAX_TOKEN,
    VERSION_TOKEN,
    FieldConflict,
    conflicts_of,
    version_token,
    with_fresh_token,
)
from core.web.forms import KeyedForm, ReasonForm
from core.web.shown_values import stamp_of


def typed_into(request: HttpRequest) -> QueryDict | None:
    """Return what was typed into the form, be it kept from before, or nothing."""
    return request.POST or getattr(request, "restored_form", None)


class ActionBackedForm(KeyedForm, forms.ModelForm):
    """An admin form with an idempotency key and a version token.

    `parameter_fields` names fields that are parameters of the action (such as the day
    it takes effect) and no change by themselves. `refusal` is the action's refusal when
    the form was sent: the form is then shown again with it. `restored` is what was
    typed and not saved, for the page that is opened to fill it in again; `sent_again`
    says that the form itself was saved before, with other content.
    """

    version_token = forms.CharField(
        label="", max_length=MAX_TOKEN, required=False, widget=forms.HiddenInput
    )
    parameter_fields: ClassVar[tuple[str, ...]] = ()
    refusal: ClassVar[DomainError | None] = None
    restored: ClassVar[QueryDict | None] = None
    sent_again: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args and self.restored is not None:
            kwargs.setdefault("data", self.restored)
        super().__init__(*args, **kwargs)
        if self.instance._state.adding or VERSION_TOKEN not in self.fields:
            return
        self._keep_current_choices()
        token = version_token(self.instance)
        self.fields[VERSION_TOKEN].initial = lambda: stamp_of(self, token)
        if self.sent_again or isinstance(self.refusal, EditConflict):
            self.data = with_fresh_token(self, self.instance)

    def _keep_current_choices(self) -> None:
        """Keep the row's present choices valid, even if they are no longer offered."""
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
        """Return the fields that somebody else changed meanwhile."""
        return conflicts_of(self) if isinstance(self.refusal, EditConflict) else []

    def changed_values(self) -> dict[str, Any]:
        """Return the arguments of the change action; empty if nothing changed."""
        values = self.action_values()
        changed = self._named(
            values, set(self.changed_data) - set(self.parameter_fields)
        )
        return (
            {**changed, **self._named(values, self.parameter_fields)} if changed else {}
        )

    def _named(self, values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
        return {name: values[name] for name in names if name in values}


class DatedReasonForm(ReasonForm):
    """The reason for ending a record, and the day from which it is ended."""

    on = forms.DateField(
        label=_("Takes effect on"), widget=AdminDateWidget, initial=today
    )

    field_order = ["on", "reason"]


EndForm = type[KeyedForm]
