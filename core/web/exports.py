"""Lists that leave as a file: the same address, with the kind of file in it.

`exchange.middleware` answers such an address with what the page's table shows on all
its pages.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, QueryDict
from django_tables2 import Table

EXPORT = "export"
"""The part of an address that asks for a file."""
KINDS = ("xlsx", "csv")
PAGE = "page"


class ExportedPage:
    """A page whose `table` leaves as a file; `title` and `filter` describe it."""

    is_exported = True


def is_exported(view: Callable[..., Any]) -> bool:
    """Whether a view shows a table that leaves as a file."""
    return getattr(getattr(view, "view_class", None), "is_exported", False)


def find_table(response: Any) -> Table | None:
    """Return the table of a page that has not been rendered yet."""
    context = getattr(response, "context_data", None) or {}
    table = context.get("table")
    return table if isinstance(table, Table) else None


def list_address(request: HttpRequest) -> str:
    """Return the address of a list with its filters and its order, at no page."""
    return _with_query(request.path, _query(request))


def export_address(request: HttpRequest, kind: str) -> str:
    """Return the address of a list's file."""
    query = _query(request)
    query[EXPORT] = kind
    return _with_query(request.path, query)


def kept_fields(request: HttpRequest, *left_out: str) -> list[tuple[str, str]]:
    """Return what a form by GET sends along, besides its own fields and the page."""
    query = _query(request)
    for name in left_out:
        query.pop(name, None)
    return [(name, value) for name, values in query.lists() for value in values]


def _query(request: HttpRequest) -> QueryDict:
    query = request.GET.copy()
    for name in (EXPORT, PAGE):
        query.pop(name, None)
    return query


def _with_query(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode()}" if query else path
