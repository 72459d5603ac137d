"""Dates of which only the month or the year may be known."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format

ISO_LENGTH = {"day": 10, "month": 7, "year": 4}
FORMAT = {"day": "DATE_FORMAT", "month": "YEAR_MONTH_FORMAT", "year": "Y"}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date and its precision: known to the day, the month or the year.

    Unknown parts of `value` are 1, for calculation and order; people see the text,
    which shows only the known parts.
    """

    value: dt.date
    precision: str = "day"

    def __str__(self) -> str:
        return date_format(self.value, FORMAT[self.precision])

    def isoformat(self) -> str:
        """Return what is known in ISO form: 1978-07-01, 1978-07 or 1978."""
        return self.value.isoformat()[: ISO_LENGTH[self.precision]]


def partial_date(value: dt.date | None, precision: str) -> PartialDate | None:
    """Return the partial date of two columns, or None."""
    return PartialDate(value, str(precision)) if value is not None else None
