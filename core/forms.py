"""What every form that writes carries: its key, and what it was opened over."""

import datetime as dt
import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.constraints import FIRST_DAY, LAST_DAY, OUT_OF_OUR_TIME
from core.errors import DayToCome
from core.idempotency import is_key
from core.months import refuse_to_come, today
from core.words import Words

KEY, STALE = "idempotency_key", "stale_token"


def new_key() -> str:
    """Return a fresh key for one write."""
    return uuid.uuid4().hex


def stale_token(instance: models.Model) -> str:
    """Digest a row's columns as they stand, to notice that they changed meanwhile.

    Columns that a model names as its `bookkeeping` move without anybody changing the
    record, and are left out.
    """
    bookkeeping = getattr(instance, "bookkeeping", ())
    values = {
        column.attname: column.value_from_object(instance)
        for column in instance._meta.concrete_fields
        if column.name not in bookkeeping
    }
    body = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(body.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that somebody else changed meanwhile, or that stands against it."""

    label: Words
    yours: str
    now: str


def conflicts_of(form: forms.BaseForm) -> list[Conflict]:
    """Return where what was typed differs from what stands now.

    The form must have been filled from the row as it stands.
    """
    found = []
    for name in form.changed_data:
        bound = form[name]
        if not bound.is_hidden:
            yours = shown_as(bound.field, form.cleaned_data.get(name))
            now = shown_as(bound.field, bound.initial)
            found.append(Conflict(bound.label, yours, now))
    return found


def shown_as(field: forms.Field, value: Any) -> str:
    """Return a form field's value in the words in which the field offers it."""
    if value is None or value == "":
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return _row_named(field, value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.widget.choices}
        wanted = value if isinstance(value, (list, tuple)) else [value]
        return "、".join(labels.get(str(item), str(item)) for item in wanted)
    return str(value)


def _row_named(field: forms.ModelChoiceField, value: Any) -> str:
    if isinstance(value, models.Model) or field.queryset is None:
        return str(value)
    return str(field.queryset.filter(pk=value).first() or "")


def retokened(form: forms.BaseForm, row: models.Model) -> QueryDict:
    """Return what was sent, over the row as it stands: the next sending may save it."""
    data: QueryDict = form.data.copy()  # type: ignore[attr-defined] # as requests bring it
    data[form.add_prefix(STALE)] = stale_token(row)
    return data


def offer(
    form: forms.BaseForm,
    name: str,
    rows: models.QuerySet[Any],
    *,
    preset: bool = False,
) -> None:
    """Hand a field the rows among which the reader may choose.

    With `preset` a single row stands chosen already.
    """
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} is no choice of rows")
    field.queryset = rows
    if preset and len(only := list(rows[:2])) == 1:
        field.initial = only[0]


class DayField(forms.DateField):
    """A day, picked from the browser's own calendar; `past`: none that is to come."""

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        self.past = past
        span = {"min": f"{FIRST_DAY}", "max": f"{LAST_DAY}"}
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **span})
        super().__init__(widget=widget, **kwargs)

    def get_bound_field(
        self, form: forms.BaseForm, field_name: str
    ) -> forms.BoundField:
        if self.past:
            self.widget.attrs["max"] = f"{today()}"
        return super().get_bound_field(form, field_name)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(OUT_OF_OUR_TIME)
        if self.past:
            _refuse_in_words(value)


def _refuse_in_words(day: dt.date) -> None:
    try:
        refuse_to_come(day)
    except DayToCome as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


class KeyField(forms.CharField):
    """A form's key; `core.idempotency.once` refuses the write that comes without.

    The form that is shown again then brings a key, so that sending it anew works.
    """

    def __init__(self, **kwargs: Any) -> None:
        fixed = {"label": "", "required": False, "initial": new_key}
        super().__init__(widget=forms.HiddenInput, **{**fixed, **kwargs})

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data if is_key(data) else initial


class KeyedForm(forms.Form):
    """A form whose write happens once, however often it is sent."""

    idempotency_key = KeyField()

    def deed_values(self) -> dict[str, Any]:
        """Return what the deed is called with: all but the form's own fields."""
        return {k: v for k, v in self.cleaned_data.items() if k not in {KEY, STALE}}


class StaleAwareForm(KeyedForm):
    """A form over an existing row that notices when the row changed meanwhile."""

    stale_token = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, over: models.Model | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if over is not None:
            self.fields[STALE].initial = stale_token(over)


class ReasonForm(KeyedForm):
    """A verb that must say why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
