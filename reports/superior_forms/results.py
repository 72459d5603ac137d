"""What came of the cells of a filled form, as rows of a list."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.enums import CellOutcome
from reports.models import FilledForm


@dataclass(frozen=True, slots=True)
class FilledCell:
    """One cell: its place in the form, what belongs there, and what came of it."""

    pk: int
    sheet: str
    cell: str
    content: str
    value: str
    state: str
    note: str


BLANK_FIRST = (
    CellOutcome.GONE,
    CellOutcome.WITHHELD,
    CellOutcome.NOT_THERE,
    CellOutcome.NOT_COUNTED,
    CellOutcome.NONE,
    CellOutcome.ZERO,
    CellOutcome.FILLED,
)


def list_results(filled: FilledForm) -> list[FilledCell]:
    """Return the cells, those left blank first, then zeros."""
    rows = [
        (BLANK_FIRST.index(CellOutcome(one["state"])), number, one)
        for number, one in enumerate(filled.results)
    ]
    return [
        FilledCell(
            number,
            _("Sheet %(number)s") % {"number": one["sheet"] + 1},
            one["cell"],
            one["content"],
            one["value"],
            str(CellOutcome(one["state"]).label),
            one["note"],
        )
        for _rank, number, one in sorted(rows, key=lambda row: row[:2])
    ]
