"""What can be done to many rows of a list at once: each app declares it for its lists.

The rows are ticked on a page of the list, or are all rows of its filter. What an action
does to each of them is what the app's own action does to one row: it is called for
each, in one transaction. So its refusals, its log and its rules are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from core.actors import Actor
from core.registries.registry import Registry
from core.text import StrOrPromise
from core.web.forms import KeyedForm

TICK_COLUMN = "row_tick"
TICKED_ROWS = "row"
"""In an address: the keys of the rows that were ticked."""
FORM_ID = "many-rows"


class BulkForm(KeyedForm):
    """What an action asks for once, for all rows; `person` is who does it."""

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person


@dataclass(frozen=True, slots=True)
class BulkAction:
    """One thing that can be done to many rows of a list.

    `rows` are those to which the person may do it; `run` does it to one of them, with
    the valid form, and raises the refusal of the app's own action. `permitted` says to
    whom it is offered.
    """

    key: str
    list_name: str
    label: StrOrPromise
    permitted: Callable[[Actor], bool]
    rows: Callable[[Actor], models.QuerySet[Any]]
    run: Callable[[Any, Any, Any], object]
    form_class: type[BulkForm] = BulkForm


bulk_actions: Registry[BulkAction] = Registry("Action on many rows")


def actions_on_list(list_name: str, reader: Actor) -> list[BulkAction]:
    """Return what a reader of a list can do to many of its rows."""
    offered = (one for one in bulk_actions if one.list_name == list_name)
    return [one for one in offered if one.permitted(reader)]


class TickColumn(Column):
    """A box beside each row; it belongs to the form below the list."""

    def __init__(self) -> None:
        super().__init__(
            accessor="pk",
            verbose_name=_("Tick"),
            orderable=False,
            exclude_from_export=True,
            attrs={"td": {"class": "row-tick"}, "th": {"class": "row-tick"}},
        )

    def render(self, value: int, record: Any) -> str:
        """Show the box, named after its row for those to whom it is read out."""
        return format_html(
            '<input class="form-check-input" type="checkbox" name="{}" value="{}"'
            ' form="{}" aria-label="{}">',
            TICKED_ROWS,
            value,
            FORM_ID,
            gettext("Tick %(row)s") % {"row": record},
        )


def actions_here(request: HttpRequest) -> list[BulkAction]:
    """Return what the reader of a page can do to many of its rows."""
    match = request.resolver_match
    if match is None or not request.user.is_authenticated:
        return []
    return actions_on_list(match.view_name, request.user)


def tick_columns(request: HttpRequest) -> dict[str, Any]:
    """Return the arguments of a list's table: a column of boxes, if they lead on."""
    if not actions_here(request):
        return {}
    ticks = [(TICK_COLUMN, TickColumn())]
    return {"extra_columns": ticks, "sequence": (TICK_COLUMN, "...")}
