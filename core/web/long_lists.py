"""Long lists: their rows are counted only so far, and a page may lie deep.

To count a million rows takes longer than to show any page of them, and the database
reads whatever stands before a page. So a list says that there are more than so many,
and a deep page is found by its keys alone before its rows are read. Files and what is
done to all rows of a list count them to the end.
"""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django_tables2.data import TableQuerysetData
from django_tables2.rows import BoundRows

MOST_COUNTED = 10_000
"""So many rows of a list are counted; of more it is said only that there are more."""
DEEP = 1_000
"""From so many rows on, those before a page are passed over by their keys alone."""
LAST_PAGE = 10_000_000
"""No list has as many pages; a database takes no number of any size."""


def count_up_to(rows: QuerySet[Any], most: int | None = None) -> int:
    """Return how many rows there are, or one more than `most` if there are more."""
    if rows.query.is_sliced:
        return rows.count()
    most = MOST_COUNTED if most is None else most
    ordered = rows.order_by()
    # What is shown of a row is not looked up only to be counted.
    counted = ordered.values("pk") if _has_keys(rows) else ordered
    return counted[: most + 1].count()


def rows_between(rows: QuerySet[Any], start: int, stop: int | None) -> QuerySet[Any]:
    """Return the rows of a page; those of a deep one are looked up by their keys."""
    if start < DEEP or not _has_keys(rows):
        return rows[start:stop]
    return rows.filter(pk__in=rows.values("pk")[start:stop])


def _has_keys(rows: QuerySet[Any]) -> bool:
    """Whether each row of a query is a record, which its key finds again."""
    query = rows.query
    return (
        rows._iterable_class is ModelIterable  # noqa: SLF001 -- no public name
        and not (query.is_sliced or query.combinator or query.distinct)
        and query.group_by is None
    )


class LongListData(TableQuerysetData):
    """The rows of a query in a table, counted only so far."""

    def __len__(self) -> int:
        """Return how many rows there are, or one more than are counted."""
        if getattr(self, "_length", None) is None:
            is_paged = hasattr(self.table, "paginator")
            self._length = count_up_to(self.data) if is_paged else len(self.data)
        return int(self._length)

    @property
    def counted_to(self) -> int:
        """The number of rows at which the count stopped; 0 if it counts them all."""
        is_paged = hasattr(self.table, "paginator")
        return MOST_COUNTED if is_paged and len(self) > MOST_COUNTED else 0

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice) and isinstance(self.data, QuerySet):
            return rows_between(self.data, key.start or 0, key.stop)
        return super().__getitem__(key)


def long_list_data(data: Any) -> Any:
    """Return data for a table: a query's rows are counted only so far."""
    return LongListData(data) if isinstance(data, QuerySet) else data


class LongListPaginator(Paginator):
    """Pages of rows that are counted only so far: beyond, one exists if it has a row.

    How many pages there are is then not known; each leads to the next.
    """

    object_list: Any
    _last_seen = 0
    is_at_end = True

    @property
    def goes_on(self) -> bool:
        """Whether there are pages beyond those that are numbered."""
        return not self.is_at_end

    @property
    def num_pages(self) -> int:
        """The number of pages that are known to exist."""
        return max(super().num_pages, self._last_seen)

    def page(self, number: Any) -> Page[Any]:
        """Return a page; raise `EmptyPage` where the list has ended before it."""
        if not getattr(self.object_list.data, "counted_to", 0):
            return super().page(number)
        self.is_at_end = False
        first = int(super().num_pages)
        number = self._whole(number)
        if number < first:
            return super().page(number)
        start = (number - 1) * self.per_page
        rows = self.object_list
        found: Sequence[Any] = list(rows.data[start : start + self.per_page + 1])
        if not found:
            raise EmptyPage(self.error_messages["no_results"])
        self.is_at_end = len(found) <= self.per_page
        self._last_seen = number if self.is_at_end else number + 1
        shown = BoundRows(found[: self.per_page], rows.table, rows.pinned_data)
        return Page(shown, number, self)

    def _whole(self, number: Any) -> int:
        """Return the number of a page; raise what a paginator raises if it is none."""
        try:
            return super().validate_number(number)
        except EmptyPage:
            if not 1 <= int(number) <= LAST_PAGE:
                raise
            return int(number)
