"""What a return says, as it is kept at each filing, and what has changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from figures.counting import count_figures
from reports.enums import ReturnState
from reports.models import MonthlyReturn, ReturnFormLine, ReturnLine, ReturnSubmission
from reports.returns.cells import Cell
from reports.returns.line_values import compute_lines
from reports.returns.printing import format_line


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a filing says otherwise than the one before."""

    label: str
    before: str
    after: str


def content_of(lines: Iterable[ReturnLine]) -> dict[str, list[str]]:
    """Return reported number and explanation of each line, by indicator."""
    return {
        line.form_line.indicator: [f"{line.reported:.2f}", line.reason]
        for line in lines
    }


def differs(
    earlier: ReturnSubmission | None,
    cells: Mapping[str, list[str]],
    narrative: str,
) -> bool:
    """Whether a content differs from that of an earlier filing that is on record."""
    return earlier is not None and (
        dict(earlier.cells) != dict(cells) or earlier.narrative != narrative
    )


def latest_filing(row: MonthlyReturn) -> ReturnSubmission | None:
    """Return what a return said when it was last filed; None if it never was."""
    return row.submissions.order_by("number").last()


def awaits_correction(row: MonthlyReturn, cells: Iterable[Cell]) -> bool:
    """Whether a return that was sent back is neither changed nor answered so far."""
    earlier = latest_filing(row)
    content = {c.line.indicator: [f"{c.reported:.2f}", c.reason] for c in cells}
    return bool(row.return_reason and not row.answer) and not differs(
        earlier, content, row.narrative
    )


def list_filings(row: MonthlyReturn) -> list[ReturnSubmission]:
    """Return the filings of a return, the first one first, with who filed them."""
    return list(row.submissions.select_related("submitted_by").order_by("number"))


def list_changes(row: MonthlyReturn) -> list[Change] | None:
    """Return what the latest filing changed; None if there is none before it."""
    filings = list(row.submissions.order_by("-number")[:2])
    if len(filings) < 2:
        return None
    new, old = filings
    changes = []
    for line in row.round.form.lines.all():
        pair = [filing.cells.get(line.indicator) for filing in (old, new)]
        if pair[0] != pair[1]:
            texts = [_describe(line, cell) for cell in pair]
            changes.append(Change(line.label_in(row.month), *texts))
    if old.narrative != new.narrative:
        label = _("Account of the month")
        changes.append(Change(label, old.narrative, new.narrative))
    return changes


def list_moved(row: MonthlyReturn) -> list[Change]:
    """Return what the records say otherwise since a return was submitted.

    Empty for a return in any other state. With such a change it cannot be accepted:
    the community takes it back and submits it anew, or the street returns it.
    """
    if row.state != ReturnState.SUBMITTED:
        return []
    present = compute_lines(row, count_figures)
    lines = row.lines.select_related("form_line").order_by("form_line__position")
    return [
        Change(
            line.form_line.label_in(row.month),
            format_line(line.form_line, line.computed),
            format_line(line.form_line, present[line.form_line.indicator]),
        )
        for line in lines
        if line.computed != present[line.form_line.indicator]
    ]


def _describe(line: ReturnFormLine, cell: list[str] | None) -> str:
    """Return a kept cell as the form prints it, with its explanation."""
    if cell is None:
        return ""
    number = format_line(line, Decimal(cell[0]))
    return f"{number}（{cell[1]}）" if cell[1] else number
