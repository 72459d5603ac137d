"""Base table: a total order, whichever column it is sorted by, and chosen columns."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import FieldError
from django.db.models import QuerySet
from django.http import HttpRequest
from django_tables2 import Table
from django_tables2.columns import BoundColumn

from core.db.ordering import end_order_in_key
from core.numbers import format_number
from core.web.columns import FEWEST, ColumnChoice, FurtherColumn, asked_columns
from core.web.long_lists import LongListPaginator, long_list_data

T = TypeVar("T")
ON_ONE_LINE = {"td": {"class": "text-nowrap"}}
"""The attributes of a column whose cells are not broken."""
FIT_A_PAGE = 9  # columns on A4 landscape, in the letters of a list


class OrderedTable(Table):
    """A table whose order ends in the primary key.

    Rows with equal values have no order of their own: PostgreSQL might then repeat some
    on the next page and omit others. A column that no column of the query stands behind
    offers no order, whatever the table says and whatever an address asks for.

    `further_columns` are shown only to readers who choose them (see `choose_columns`).
    """

    exclude: Any
    chosen: Sequence[str] = ()
    is_offered = False
    further_columns: ClassVar[Mapping[str, FurtherColumn]] = {}

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(long_list_data(data), *args, **kwargs)
        self._read_together: dict[Callable[..., Any], dict[Any, Any]] = {}
        for name in self.further_columns:
            self.columns.hide(name)
        self._fix_unsortable_columns()
        self._end_in_key()

    @property
    def order_by(self) -> Any:
        """The columns that the rows are sorted by."""
        return super().order_by

    @order_by.setter
    def order_by(self, value: Any) -> None:
        self._fix_unsortable_columns()
        Table.order_by.fset(self, value)
        self._end_in_key()

    def choose_columns(self, request: HttpRequest, kept: Sequence[str] = ()) -> None:
        """Show the columns that an address names, if the reader may read them.

        The first column, which links to the row, and columns of buttons always stay.
        An address that names none gets those that are `kept` for the reader; if none of
        them is of this table, those shown by default.
        Call it before the table is given its page.
        """
        self.is_offered = True
        reader: Any = request.user
        permitted = {n for n, c in self.further_columns.items() if c.permitted(reader)}
        self.exclude = (*self.exclude, *({*self.further_columns} - permitted))
        offered = self._names_to_offer()
        asked = {*(asked_columns(request) or kept)} & {*offered}
        self.chosen = [name for name in offered if name in asked]
        for name in offered if asked else ():
            (self.columns.show if name in asked else self.columns.hide)(name)
        for name in permitted & asked:
            self.data.data = self.further_columns[name].read(self.data.data, reader)

    def offer_columns(self) -> list[ColumnChoice]:
        """Return the columns to choose from; none if no list offers the table's."""
        if not self.is_offered:
            return []
        columns = [self.columns[name] for name in self._names_to_offer()]
        return [ColumnChoice(c.name, c.header, c.column.visible) for c in columns]

    def paginate(
        self, paginator_class: Any = LongListPaginator, *args: Any, **kwargs: Any
    ) -> Any:
        """Show one page; how many there are of a long list is not known."""
        return super().paginate(paginator_class, *args, **kwargs)

    @property
    def counted_to(self) -> int:
        """The number of rows at which the count stopped; 0 if it counts them all."""
        return int(getattr(self.data, "counted_to", 0))

    @property
    def counted_so_far(self) -> str:
        """The number at which the count stopped, in words of a page."""
        return format_number(Decimal(self.counted_to))

    def count_all(self) -> int:
        """Return how many rows the table has, however many they are."""
        return int(self.data.data.count()) if self.counted_to else len(self.rows)

    @property
    def is_wide(self) -> bool:
        """Whether the table has more columns than fit a printed page as they are."""
        return len(self.columns) > FIT_A_PAGE

    @property
    def recorded_columns(self) -> list[str]:
        """The headings of shown columns that nobody looks at without being recorded."""
        shown = {column.name: column.header for column in self.columns}
        recorded = [name for name, c in self.further_columns.items() if c.recorded]
        return [str(shown[name]) for name in recorded if name in shown]

    def read_together(
        self, record: Any, read: Callable[[list[Any]], Mapping[Any, T]]
    ) -> T:
        """Return what is read for many rows at once, by their keys, for one of them.

        It is read for the rows of the page; for all rows where the record is on another
        page, because a file holds them all.
        """
        known = self._read_together.setdefault(read, {})
        if record.pk not in known:
            page = [row.record.pk for row in self.paginated_rows]
            is_here = record.pk in page
            known |= read(page if is_here else [row.pk for row in self.data.data])
        value: T = known[record.pk]
        return value

    def _names_to_offer(self) -> list[str]:
        """Return the columns that may be shown or hidden, in the table's order."""
        columns = [
            c for c in self.columns.iterall() if not c.column.exclude_from_export
        ]
        names = [c.name for c in columns[1:]]
        return names if len(names) >= FEWEST else []

    def _fix_unsortable_columns(self) -> None:
        for bound in self.columns.iterall():
            if bound.orderable and not self._can_order_by(bound):
                bound.column.orderable = False

    def _can_order_by(self, bound: BoundColumn) -> bool:
        """Whether the query knows the column; it refuses unknown names when built."""
        rows, names = self.data.data, bound.column.order_by or (bound.accessor,)
        if not isinstance(rows, QuerySet):
            return True
        try:
            rows.order_by(*names)
        except FieldError:
            return False
        return True

    def _end_in_key(self) -> None:
        if isinstance(self.data.data, QuerySet):
            self.data.data = end_order_in_key(self.data.data)
