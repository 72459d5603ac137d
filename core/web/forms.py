"""Base forms: idempotency key, version token, reason, term."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.constraints import FIRST_DAY, IMPLAUSIBLE_DATE, LAST_DAY
from core.errors import DomainError, FutureDay
from core.identity import names_identity_number
from core.months import refuse_future_day, today
from core.names import clean_person_name
from core.text import StrOrPromise
from core.web.blank_choices import BlankChoicesMixin
from core.web.edit_conflicts import MAX_TOKEN, VERSION_TOKEN, version_token
from core.web.idempotency import KEY, is_key
from core.web.required_marks import RequiredMarksMixin
from core.web.shown_values import stamp_of

CONFIRMED = "confirmed"


def new_key() -> str:
    """Return a fresh key for one write."""
    return uuid.uuid4().hex


def offer_rows(
    form: forms.BaseForm,
    name: str,
    rows: models.QuerySet[Any],
    *,
    preset: bool = False,
) -> None:
    """Set the rows that a field offers; with `preset` a single row is preselected."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} is not a choice of rows")
    field.queryset = rows
    if preset and len(only := list(rows[:2])) == 1:
        field.initial = only[0]


def label_choice(row: Any) -> str:
    """Return what a row is called where it is chosen among many.

    A model whose rows may share a name has a `choice_label` that tells them apart.
    """
    return str(getattr(row, "choice_label", row))


def sent_name(form: forms.BaseForm, field: str) -> str:
    """Return a person's name as records have it, before the form is cleaned.

    Nothing is returned if no name was sent, so that rows can be sought by it: a text
    that was not cleaned may hold what no database takes.
    """
    text = str(form.data.get(form.add_prefix(field), ""))
    try:
        return clean_person_name(text) if text.strip() else ""
    except DomainError:
        return ""


class PersonChoiceField(forms.ModelChoiceField):
    """A choice of one person: the labels tell people of one name apart."""

    def label_from_instance(self, obj: Any) -> str:
        return label_choice(obj)


NUMBER_IN_TEXT = _(
    "There is an identity number in this text. Nothing was saved: take it out and write"
    " the name; the number is kept in its own field alone."
)


class DayField(forms.DateField):
    """A day picked in the browser's calendar; with `past` no future day is valid."""

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
            raise forms.ValidationError(IMPLAUSIBLE_DATE)
        if self.past:
            _refuse_future_day(value)


def _refuse_future_day(day: dt.date) -> None:
    try:
        refuse_future_day(day)
    except FutureDay as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


class KeyField(forms.CharField):
    """A form's key; `core.web.idempotency.run_once` refuses a write without one.

    The form that is then shown again has a key, so that sending it again works.
    """

    def __init__(self, **kwargs: Any) -> None:
        fixed = {"label": "", "required": False, "initial": new_key}
        super().__init__(widget=forms.HiddenInput, **{**fixed, **kwargs})

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data if is_key(data) else initial


class WithoutNumbersForm(forms.Form):
    """A form whose free texts take no identity number.

    It would stand there in clear, for readers who may not see numbers and without an
    entry in the log.
    """

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc] # a method of Django's forms
        for name, value in [*self.cleaned_data.items()]:
            # Fields that take numbers are of classes of their own.
            is_text = type(self.fields.get(name)) is forms.CharField
            if is_text and isinstance(value, str) and names_identity_number(value):
                self.add_error(name, NUMBER_IN_TEXT)


class KeyedForm(RequiredMarksMixin, BlankChoicesMixin, WithoutNumbersForm):
    """A form whose write runs once, however often it is sent."""

    idempotency_key = KeyField()

    def action_values(self) -> dict[str, Any]:
        """Return the arguments of the action: all fields but the key and the token."""
        return {
            k: v for k, v in self.cleaned_data.items() if k not in {KEY, VERSION_TOKEN}
        }


class VersionedForm(KeyedForm):
    """A form over an existing row that notices when the row changed meanwhile."""

    version_token = forms.CharField(
        max_length=MAX_TOKEN, required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, over: models.Model | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.over = over
        if over is not None:
            # Called when the page is rendered: subclasses add fields and values.
            token = version_token(over)
            self.fields[VERSION_TOKEN].initial = lambda: stamp_of(self, token)


class AskedOnce(KeyedForm):
    """A form that asks once whether unusual values are meant as typed.

    `asks` is whether it does, for pages that lay out their fields themselves.
    """

    asks = False
    confirmed = forms.BooleanField(
        label=_("Yes, this is right"), required=False, widget=forms.HiddenInput
    )

    def questions(self) -> Iterator[StrOrPromise]:
        """Return what to ask about the cleaned values; override."""
        yield from ()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        asked = [] if self.errors else [*self.questions()]
        self.asks = bool(asked)
        if asked:  # the tick stands last, above the button
            tick = self.fields[CONFIRMED] = self.fields.pop(CONFIRMED)
            tick.widget = forms.CheckboxInput()
        if asked and not self.cleaned_data.get(CONFIRMED):
            raise forms.ValidationError([str(question) for question in asked])
        return cleaned

    def action_values(self) -> dict[str, Any]:
        values = super().action_values()
        return {name: value for name, value in values.items() if name != CONFIRMED}


class ReasonForm(KeyedForm):
    """A form for an action that needs a reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class TermForm(VersionedForm):
    """A first day and a last one; actions take the day after it as `ends_on`."""

    starts_on = DayField(label=_("From"))
    last_day = DayField(label=_("Until (last day)"))

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] = super().clean() or {}
        last_day = cleaned.get("last_day")
        if "last_day" not in self.errors:
            cleaned["ends_on"] = last_day + dt.timedelta(days=1) if last_day else None
        return cleaned

    def action_values(self) -> dict[str, Any]:
        values = super().action_values()
        return {name: value for name, value in values.items() if name != "last_day"}
