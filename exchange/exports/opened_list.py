"""A list as its page shows it to one reader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, QueryDict
from django.template import Context
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tables2 import Table

from accounts.models import User
from core.dates import format_time
from core.web.criteria import describe_criteria
from core.web.exports import find_table, is_exported
from core.web.table_values import TableValues, read_table
from core.web.tables import OrderedTable
from sheets.write import ListColumn, ListSheet, Value


@dataclass(frozen=True, slots=True)
class OpenedList:
    """The table of a page, its title and what its filter asks for."""

    title: str
    table: Table
    criteria: Mapping[str, str]
    context: Mapping[str, Any]
    user: User

    @property
    def model(self) -> type[models.Model]:
        """The model whose rows are listed."""
        rows = self.table.data.data
        model: type[models.Model] = getattr(rows, "model", self.table._meta.model)
        return model

    def count(self) -> int:
        """Return how many rows the list has, counted to the end."""
        is_long = isinstance(self.table, OrderedTable)
        return self.table.count_all() if is_long else len(self.table.rows)

    def rows(self) -> Iterator[Sequence[Value]]:
        """Return the rows of all pages."""
        return self._read().rows

    def _read(self) -> TableValues:
        return read_table(self.table, Context({**self.context, "user": self.user}))

    def sheet(self, rows: Iterator[Sequence[Value]], count: int) -> ListSheet:
        """Return the list as a sheet, with what it is of and as of when on top."""
        now = timezone.now()
        asked = [f"{label}：{value}" for label, value in self.criteria.items()]
        facts = [
            _("Seen by: %(name)s (%(scope)s)")
            % {"name": self.user, "scope": self.user.scope_label},
            *asked,
            _("As of: %s") % format_time(now),
            _("Rows: %s") % count,
        ]
        columns = [
            ListColumn(column.heading, column.number_format, column.is_month)
            for column in self._read().columns
        ]
        return ListSheet(self.title, columns, rows, facts, made_at=now)


def opened_from(response: Any, user: User) -> OpenedList | None:
    """Return the list of a page that has not been rendered yet, if it shows one."""
    table = find_table(response)
    if table is None:
        return None
    context = response.context_data
    form = getattr(context.get("filter"), "form", None)
    criteria = context.get("criteria") or (describe_criteria(form) if form else {})
    return OpenedList(str(context.get("title", "")), table, criteria, context, user)


def may_open_list(address: str, user: User) -> bool:
    """Whether somebody may open a list.

    A page that asks nothing but who its reader is says so without reading its rows.
    """
    found = _request_for(address.partition("?")[0], user)
    if found is None:
        return False
    request, match = found
    view_class: Any = getattr(match.func, "view_class")  # noqa: B009 -- a list's view
    if not issubclass(view_class, UserPassesTestMixin):
        return open_list(request.path, user) is not None
    view = view_class()
    view.setup(request, *match.args, **match.kwargs)
    return bool(view.get_test_func()())


def _request_for(address: str, user: User) -> tuple[HttpRequest, ResolverMatch] | None:
    """Return a reader's request for a list and where it leads; nothing if to none."""
    path, _mark, query = address.partition("?")
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if not is_exported(match.func):
        return None
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {"REQUEST_METHOD": "GET", "QUERY_STRING": query}
    request.GET = QueryDict(query)
    request.user, request.resolver_match = user, match
    return request, match


def open_list(address: str, user: User) -> OpenedList | None:
    """Open a list as a reader would; nothing if they may not, or if it is none.

    The page's own view answers, so whatever it would refuse or hide is so here as well.
    """
    found = _request_for(address, user)
    if found is None:
        return None
    request, match = found
    try:
        response = match.func(request, *match.args, **match.kwargs)
    except (Http404, PermissionDenied):
        return None
    return opened_from(response, user)
