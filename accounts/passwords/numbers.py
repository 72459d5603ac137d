"""Birthdays and phone numbers in the forms that people type."""

import datetime as dt
from collections.abc import Iterator

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov")
SHORTEST_PART = 6


def birthday_forms(day: dt.date) -> set[str]:
    """Return a birthday as digits, in the orders that people write it in."""
    years, parts = (f"{day:%Y}", f"{day:%y}"), (f"{day:%m%d}", f"{day:%d%m}")
    loose = (f"{day.month}{day.day}", f"{day.day}{day.month}")
    forms = {year + part for year in years for part in (*parts, *loose)}
    forms |= {part + year for year in years for part in (*parts, *loose)}
    return {form for form in forms if len(form) >= SHORTEST_PART}


def lone_birthday_forms(day: dt.date) -> set[str]:
    """Return the parts of a birthday that are too short to be looked for everywhere."""
    return {f"{day:%Y}", f"{day:%m%d}", f"{day:%d%m}", f"{day:%Y%m}", f"{day:%y%m}"}


def named_birthday_forms(day: dt.date) -> Iterator[str]:
    """Yield a birthday with the English name of its month: 12mar1985."""
    month = (*MONTHS, "dec")[day.month - 1]
    for number in {f"{day:%d}", str(day.day)}:
        yield f"{number}{month}"
        yield f"{month}{number}"


def phone_parts(number: str) -> set[str]:
    """Return the parts of a number that people take: all of it, and its ends."""
    return {
        number[-length:] for length in (SHORTEST_PART, 7, 8) if len(number) > length
    }
