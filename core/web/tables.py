"""Base table whose order is total, whichever column it is sorted by."""

from typing import Any

from django.core.exceptions import FieldError
from django.db.models import QuerySet
from django_tables2 import Table
from django_tables2.columns import BoundColumn

from core.db.ordering import end_order_in_key


class OrderedTable(Table):
    """A table whose order ends in the primary key.

    Rows with equal values have no order of their own: PostgreSQL might then repeat some
    on the next page and omit others. A column that no column of the query stands behind
    offers no order, whatever the table says and whatever an address asks for.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
