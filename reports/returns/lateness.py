"""Who submitted in time and who was late, month by month over a year.

For those who collect the returns: places stand in the order of the tree, and nothing is
added up or compared.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import format_day
from reports.models import MonthlyReturn, ReturnRound


def describe_lateness(days: int) -> str:
    """Return in words how many days late a return was submitted."""
    text = ngettext("submitted %(days)s day late", "submitted %(days)s days late", days)
    return text % {"days": days}


@dataclass(frozen=True, slots=True)
class YearOfReturns:
    """A community's year: for each month how its return came, in words.

    A month without a return says so: before the records began, or nothing to file.
    """

    name: str
    cells: Sequence[tuple[dt.date, str, bool]]


def list_lateness(round_: ReturnRound) -> tuple[list[dt.date], list[YearOfReturns]]:
    """Return the months of the year up to the round, and each community's year."""
    rounds = ReturnRound.objects.filter(
        organization=round_.organization_id,
        month__year=round_.month.year,
        month__lte=round_.month,
    )
    months = list(rounds.order_by("month").values_list("month", flat=True))
    here = round_.returns.order_by("organization__path").values_list(
        "organization_id", "organization__name"
    )
    names = dict(here)
    rows = MonthlyReturn.objects.filter(organization__in=names, month__in=months)
    returns = {
        (row.organization_id, row.month): row for row in rows.select_related("round")
    }
    years = [
        YearOfReturns(
            name,
            [(month, *_describe(returns.get((pk, month)))) for month in months],
        )
        for pk, name in names.items()
    ]
    return months, years


def _describe(row: MonthlyReturn | None) -> tuple[str, bool]:
    """Return how a return came, and whether it is or was late."""
    if row is None:
        return _("nothing to file"), False
    words, late = _describe_unextended(row)
    if row.extended_to is None:
        return words, late
    extended = _("extended to %(day)s") % {"day": format_day(row.extended_to)}
    return f"{words}（{extended}）", late


def _describe_unextended(row: MonthlyReturn) -> tuple[str, bool]:
    if row.is_overdue:
        return _("late, not submitted"), True
    if row.is_open:
        return _("not due yet"), False
    if days := row.days_late:
        return describe_lateness(days), True
    return _("in time"), False
