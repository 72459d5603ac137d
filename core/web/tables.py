"""Base table whose order is total, whichever column it is sorted by."""

from typing import Any

from django.db.models import QuerySet
from django_tables2 import Table

from core.db.ordering import end_order_in_key


class OrderedTable(Table):
    """A table whose order ends in the primary key.

    Rows with equal values have no order of their own: PostgreSQL might then repeat some
    on the next page and omit others.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._end_in_key()

    @property
    def order_by(self) -> Any:
        """The columns that the rows are sorted by."""
        return super().order_by

    @order_by.setter
    def order_by(self, value: Any) -> None:
        Table.order_by.fset(self, value)
        self._end_in_key()

    def _end_in_key(self) -> None:
        if isinstance(self.data.data, QuerySet):
            self.data.data = end_order_in_key(self.data.data)
