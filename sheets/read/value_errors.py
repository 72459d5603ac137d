"""Refusals of one cell, with messages that say what to correct."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.text import StrOrPromise, quote_safely


class BadValue(DomainError):
    """One cell cannot be read; the caller adds row and column."""

    message: StrOrPromise = _("The content of the cell cannot be read.")

    def __init__(self, **params: object) -> None:
        if "text" in params:
            params["text"] = quote_safely(str(params["text"]))
        super().__init__(**params)


class RefusedByRule(BadValue):
    """A rule of `core` refused the value; the message is the rule's own."""

    message = "%(reason)s"


class ErrorValue(BadValue):
    """The cell shows an error of the spreadsheet program."""

    message = _("The cell shows the error %(text)s: correct the formula first.")


class UncomputedFormula(BadValue):
    """The formula was never calculated, so there is no value to read."""

    message = _(
        "The cell has a formula without a stored result: open the file in Excel or"
        " WPS, save it and upload it again."
    )


class LossyNumber(BadValue):
    """A long number was typed as a number and has lost its last digits."""

    message = _(
        "The long number is stored in number format or scientific notation, and its"
        " last digits are lost (precision of 15 digits): set the cell to text format"
        " and type the number again."
    )


class BadDate(BadValue):
    """The date is ambiguous or unreadable."""

    message = _(
        "“%(text)s” is not a date that can be read with certainty. Write year, month"
        " and day, for example 1978.07.01 or 1978年7月1日."
    )


class NoSuchDay(BadDate):
    """The calendar has no such month or day."""

    message = _("There is no such date as “%(text)s”. Please correct it.")


class ShortYear(BadDate):
    """A year of two digits could be in either century."""

    message = _(
        "The date “%(text)s” has a year of two digits: write all four, for example"
        " 1978.07.01."
    )


class SixDigits(BadDate):
    """Six digits are a year and a month, or two digits each of year, month and day."""

    message = _(
        "“%(text)s” may be a year with its month, or a day with a year of two digits:"
        " separate the parts, for example 1978.07 or 1978.07.01."
    )


class YearNotFirst(BadDate):
    """It is unclear which number is the day and which the month."""

    message = _(
        "In the date “%(text)s” it is unclear which number is the day and"
        " which the month: put the year first, for example 1978.07.01."
    )


class DateAsNumber(BadDate):
    """A number that may or may not be a date."""

    message = _(
        "“%(text)s” is stored as a number, not as a date (1978.10 would become 1978.1):"
        " set the cell to text or date format and enter the date again."
    )


class BareYear(BadDate):
    """A year without month and day; the first of January would be an invention."""

    message = _(
        "“%(text)s” is only a year. Write the month as well, and the day if it is"
        " known, for example 1978.07 or 1978.07.01."
    )


class LongNumber(BadDate):
    """A number as computers count time, or a telephone number."""

    message = _(
        "“%(text)s” is a long number, such as a computer's time stamp or a telephone"
        " number, not a date. Write year, month and day, for example 1978.07.01."
    )


class DayInDoubt(BadDate):
    """The time of day could be midnight of the next day, written in another zone."""

    message = _(
        "“%(text)s” may mean this day or the next: at that time of world time a new"
        " day begins in China. Write the day alone, for example 1978.07.01."
    )


class YearAsSerial(BadDate):
    """Only a year was typed into a date cell, which then shows a day of 1905."""

    message = _(
        "The cell shows the date %(text)s; probably only a year was typed into a cell"
        " in date format. Enter the whole date again."
    )


class BadSex(BadValue):
    """The text is neither male nor female."""

    message = _("The sex “%(text)s” is not known: enter 男 or 女.")


class BadEthnicity(BadValue):
    """The text matches none of the listed ethnic groups, or several."""

    message = _(
        "The ethnic group “%(text)s” is not on the list: enter its full name, for"
        " example 汉族."
    )


class BadNumber(BadValue):
    """The text is not a plain number."""

    message = _(
        "“%(text)s” is not a number: enter digits alone, without units or remarks."
    )
