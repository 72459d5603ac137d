"""A filter by one of many places: with thousands of them it is searched by name.

Up to two hundred are offered as they are. Of more, the name is typed, and what is
called so is offered on the page that answers; a name that only one has filters at once.
"""

from typing import Any, NamedTuple

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from core.text import quote_safely
from core.web.forms import label_choice

MOST_OFFERED = 200
MOST_FOUND = 50
MAX_LENGTH = 60
TYPED = "{}_name"


class Asked(NamedTuple):
    """What was sent: a name that was typed, and the key that was chosen, if any."""

    key: str
    text: str


class SearchedChoice(forms.Select):
    """The choices, or a field for a name and what was found for it."""

    def __init__(self, attrs: Any = None, choices: Any = ()) -> None:
        super().__init__(attrs, choices)
        self.field: Any = None

    def names_sent(self, name: str) -> list[str]:
        """Return the parts of an address that the field writes."""
        return [name, TYPED.format(name)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        key = super().value_from_datadict(data, files, name)
        text = str(data.get(TYPED.format(name)) or "").strip()[:MAX_LENGTH]
        return Asked(str(key or ""), text) if text else key

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> Any:
        key, text = value if isinstance(value, Asked) else (value, "")
        if not self.field.is_long:
            self.choices = self.field.few_choices()
            return super().render(name, key, attrs, renderer)
        found = self.field.offer(key, text)
        typed = format_html(
            '<input class="form-control" type="search" name="{}" id="{}" value="{}"'
            ' maxlength="{}" placeholder="{}" autocomplete="off">',
            TYPED.format(name),
            (attrs or {}).get("id", ""),
            text,
            MAX_LENGTH,
            gettext("Type a part of the name"),
        )
        if not found:
            return typed
        self.choices = [("", str(self.field.empty_label)), *found]
        only = found[0][0] if len(found) == 1 else key
        named = {**(attrs or {}), "id": f"id_{name}_found"}
        named["aria-label"] = gettext("What is called so")
        return typed + super().render(name, only, named, renderer)


class SearchedChoiceField(ModelChoiceField):
    """A row of a query that knows what its rows are `called`."""

    widget = SearchedChoice

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._first: list[Any] | None = None
        self.widget.field = self

    def __deepcopy__(self, memo: Any) -> Any:
        copied = super().__deepcopy__(memo)
        copied.widget.field = copied
        return copied

    def _read_first(self) -> list[Any]:
        """Return the rows, or one more than are offered; they are read once."""
        if self._first is None:
            self._first = [*self.queryset[: MOST_OFFERED + 1]]
        return self._first

    @property
    def is_long(self) -> bool:
        """Whether there are more rows than a list of choices should have."""
        return len(self._read_first()) > MOST_OFFERED

    def few_choices(self) -> list[tuple[Any, str]]:
        """Return all choices, where there are few."""
        rows = self._read_first()
        choices = [(row.pk, self.label_from_instance(row)) for row in rows]
        return [("", str(self.empty_label)), *choices]

    def offer(self, key: Any, text: str) -> list[tuple[Any, str]]:
        """Return the choices for what was typed, and the one that was chosen."""
        rows = self._found(text) if text else []
        if key and str(key) not in {str(row.pk) for row in rows}:
            rows = [*self._chosen(key), *rows]
        return [(row.pk, self._told_apart(row)) for row in rows]

    def clean(self, value: Any) -> Any:
        """Return the row that was chosen, or the only one that is called so."""
        if not isinstance(value, Asked):
            return super().clean(value)
        found = self._found(value.text)
        chosen = [row for row in found if str(row.pk) == value.key]
        same = [row for row in found if str(row) == value.text]
        for rows in (chosen, same, found):
            if len(rows) == 1:
                return rows[0]
        if not found:
            text = gettext("Nothing here is called “%(text)s”.")
            raise ValidationError(text % {"text": quote_safely(value.text)})
        raise ValidationError(_("Several are called so: choose one of those found."))

    def _found(self, text: str) -> list[Any]:
        rows: Any = self.queryset
        return [*self._with_parents(rows.called(text))[:MOST_FOUND]]

    def _chosen(self, key: Any) -> list[Any]:
        try:
            return [*self._with_parents(self.queryset.filter(pk=key))]
        except (ValueError, TypeError, OverflowError):
            return []

    @staticmethod
    def _with_parents(rows: Any) -> Any:
        return rows.select_related("parent__parent")

    @staticmethod
    def _told_apart(row: Any) -> str:
        """Return a row's name with those above it."""
        above = [row.parent, row.parent.parent if row.parent else None]
        return " · ".join([label_choice(row), *[str(one) for one in above if one]])


class SearchedChoiceFilter(django_filters.ModelChoiceFilter):
    """Filter by one of many places."""

    field_class = SearchedChoiceField
