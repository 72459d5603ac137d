"""What a return says, in one place for its page, its paper and its workbook."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import format_day
from reports.enums import ReturnState
from reports.models import MonthlyReturn
from reports.returns.cells import ReturnCell, build_cells
from reports.returns.printing import describe_balance


@dataclass(frozen=True, slots=True)
class ReturnDocument:
    """A return as it stands: numbers, explanations, account, persons and state.

    `filled_by` is who submitted it, `checked_by` who accepted it; both are empty until
    then, whoever opens or downloads it.
    """

    row: MonthlyReturn
    cells: Sequence[ReturnCell]
    filled_by: str
    checked_by: str
    state: str

    @property
    def narrative(self) -> str:
        """The account of the month."""
        return self.row.narrative

    @property
    def adding_up(self) -> str:
        """How the members of the month add up, in one line; "" if the form cannot."""
        balance = {c.line.indicator: (c.label, c.reported) for c in self.cells}
        return describe_balance(balance)

    @property
    def year_note(self) -> str:
        """Of how many months the year's totals are, if one is missing; else ""."""
        year = next((cell.year for cell in self.cells if cell.year), None)
        if year is None or year.published == year.elapsed:
            return ""
        words = ngettext(
            "The year's totals are of %(count)d month: nothing is published of the"
            " others.",
            "The year's totals are of %(count)d months: nothing is published of the"
            " others.",
            year.published,
        )
        return words % {"count": year.published}

    @property
    def last_note(self) -> str:
        """Why no number of last month stands in any cell; "" if some cell has one."""
        if any(cell.last is not None for cell in self.cells):
            return ""
        reasons = dict.fromkeys(
            str(cell.no_last.label) for cell in self.cells if cell.no_last
        )
        return _("Last month: %s.") % "、".join(reasons) if reasons else ""

    @property
    def ordered_cells(self) -> list[ReturnCell]:
        """The official cells first, in the superior's order, then the supplement."""
        return sorted(
            self.cells, key=lambda cell: (not cell.line.official, cell.line.position)
        )


def build_document(row: MonthlyReturn) -> ReturnDocument:
    """Read a return for whatever shows it."""
    accepted = row.state == ReturnState.ACCEPTED
    return ReturnDocument(
        row,
        build_cells(row),
        filled_by=str(row.submitted_by or ""),
        checked_by=str(row.decided_by) if accepted else "",
        state=describe_state(row),
    )


def describe_state(row: MonthlyReturn) -> str:
    """Return whether a return is a draft, waits or is accepted, since which day."""
    if row.state == ReturnState.DRAFT:
        return _("Draft, not submitted yet")
    if row.state == ReturnState.SUBMITTED:
        return _("To be reviewed, submitted on %s") % _day(row.submitted_at)
    if row.state == ReturnState.RETURNED:
        return _("Draft, returned for correction on %s") % _day(row.decided_at)
    return _("Accepted on %s") % _day(row.decided_at)


def _day(moment: dt.datetime | None) -> str:
    return format_day(localdate(moment))
