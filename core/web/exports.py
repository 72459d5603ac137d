"""Lists that leave as a file: the same address, with the kind of file in it.

`exchange.middleware` answers such an address with what the page's table shows on all
its pages.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, QueryDict
from django_tables2 import RequestConfig, Table

from core.registries.saved_views import views_of
from core.web.bulk_actions import tick_columns
from core.web.columns import COLUMNS

EXPORT = "export"
"""The part of an address that asks for a file."""
KINDS = ("xlsx", "csv")
PAGE = "page"


class ExportedPage:
    """A page whose `table` leaves as a file; `title` and `filter` describe it."""

    is_exported = True
    request: HttpRequest
    get_table_class: Callable[[], Any]
    get_table_data: Callable[[], Any]
    get_table_pagination: Callable[[Any], Any]

    def get_table(self, **kwargs: Any) -> Any:
        """Return the table with its reader's columns, on the page that was asked for.

        For pages with a `table_class`. No such page is 404.
        """
        kwargs |= tick_columns(self.request)
        table = self.get_table_class()(data=self.get_table_data(), **kwargs)
        table.choose_columns(self.request, views_of(self.request).columns)
        paging = self.get_table_pagination(table)
        try:
            return RequestConfig(self.request, paginate=paging).configure(table)
        except InvalidPage as refusal:
            raise Http404 from refusal


def is_exported(view: Callable[..., Any]) -> bool:
    """Whether a view shows a table that leaves as a file."""
    return getattr(getattr(view, "view_class", None), "is_exported", False)


def find_table(response: Any) -> Table | None:
    """Return the table of a page that has not been rendered yet."""
    context = getattr(response, "context_data", None) or {}
    table = context.get("table")
    return table if isinstance(table, Table) else None


def without_export(query: QueryDict) -> QueryDict:
    """Return a query without the part that asks for a file."""
    rest = query.copy()
    rest.pop(EXPORT, None)
    return rest


def list_address(request: HttpRequest, *left_out: str) -> str:
    """Return the address of a list with its filters and its order, at no page."""
    query = _query(request)
    for name in left_out:
        query.pop(name, None)
    return _with_query(request.path, query)


def export_address(request: HttpRequest, kind: str, columns: Sequence[str] = ()) -> str:
    """Return the address of a list's file, with the columns that its page shows."""
    query = _query(request)
    if columns:
        query.setlist(COLUMNS, [*columns])
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
