"""A list of the admin as a table that leaves as a file, like every other list.

`exchange.middleware` asks the list's own view and writes what its `table` holds: the
rows on all its pages, with the filters, the search and the order of the address.
"""

from typing import Any

from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django_tables2 import Column

from core.web.exports import ExportedPage
from core.web.tables import OrderedTable

NOT_FIELDS = {"action_checkbox"}


class ChangelistPage(ExportedPage):
    """Marks the view of a list, so that its address leads to its files as well."""


class ShownColumn(Column):
    """A column of `list_display`: a file says what the page shows."""

    def __init__(self, name: str, admin: Any, **kwargs: Any) -> None:
        super().__init__(accessor="pk", orderable=False, **kwargs)
        self.name, self.admin = name, admin

    def value(self, **kwargs: Any) -> Any:
        """Return a row's value: labels of choices, days and numbers as they are."""
        record = kwargs["record"]
        try:
            field, _attr, value = lookup_field(self.name, record, self.admin)
        except ObjectDoesNotExist:
            return None
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if choices := getattr(field, "flatchoices", None):
            return dict(choices).get(value, value)
        return str(value) if isinstance(value, models.Model) else value


def table_of(changelist: ChangeList) -> OrderedTable:
    """Return the rows of a list on all its pages, in the columns that it shows."""
    admin = changelist.model_admin
    columns = [
        (name, ShownColumn(name, admin, verbose_name=_label(name, changelist)))
        for name in map(str, changelist.list_display)
        if name not in NOT_FIELDS
    ]
    return OrderedTable(data=changelist.queryset, extra_columns=columns)


def criteria_of(changelist: ChangeList) -> dict[str, str]:
    """Return what the filters and the search of a list ask for, in words."""
    chosen = {
        str(spec.title): str(choice["display"])
        for spec in changelist.filter_specs
        for choice in [*spec.choices(changelist)][1:]
        if choice["selected"]
    }
    if changelist.query:
        chosen[_("Search")] = changelist.query
    return chosen


def _label(name: str, changelist: ChangeList) -> str:
    return str(label_for_field(name, changelist.model, changelist.model_admin))
