"""What a return says, as it is kept at each submission."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.models import MonthlyReturn, ReturnFormLine, ReturnLine, ReturnSubmission
from reports.returns.cells import ReturnCell
from reports.returns.changed_records import Change
from reports.returns.comments import join_answers
from reports.returns.printing import format_line


def _kept_cell(reported: Decimal, reason: str) -> list[str]:
    """Return a cell as a submission keeps it: the number in hundredths, the reason."""
    return [f"{reported:.2f}", reason]


def content_of(lines: Iterable[ReturnLine]) -> dict[str, list[str]]:
    """Return reported number and explanation of each line, by indicator."""
    return {
        line.form_line.indicator: _kept_cell(line.reported, line.reason)
        for line in lines
    }


def differs(
    earlier: ReturnSubmission | None,
    cells: Mapping[str, list[str]],
    narrative: str,
) -> bool:
    """Whether a content differs from that of an earlier submission on record."""
    return earlier is not None and (
        dict(earlier.cells) != dict(cells) or earlier.narrative != narrative
    )


def latest_submission(row: MonthlyReturn) -> ReturnSubmission | None:
    """Return what a return said when it was last submitted; None if it never was."""
    return row.submissions.order_by("number").last()


def awaits_correction(row: MonthlyReturn, cells: Iterable[ReturnCell]) -> bool:
    """Whether a return that was sent back is neither changed nor answered so far.

    An answer to a comment on a number is one.
    """
    if row.answer or not row.return_reason or join_answers(row):
        return False
    earlier = latest_submission(row)
    content = {c.line.indicator: _kept_cell(c.reported, c.reason) for c in cells}
    return not differs(earlier, content, row.narrative)


def list_submissions(row: MonthlyReturn) -> list[ReturnSubmission]:
    """Return the submissions of a return, the first one first, with who submitted."""
    return list(row.submissions.select_related("submitted_by").order_by("number"))


def changes_between(
    row: MonthlyReturn, old: ReturnSubmission, new: ReturnSubmission
) -> list[Change]:
    """Return what a submission of a return says otherwise than an earlier one."""
    changes = []
    for line in row.round.form.lines.all():
        pair = [one.cells.get(line.indicator) for one in (old, new)]
        if pair[0] != pair[1]:
            texts = [_describe(line, cell) for cell in pair]
            changes.append(Change(line.label_in(row.month), *texts))
    if old.narrative != new.narrative:
        label = _("Account of the month")
        changes.append(Change(label, old.narrative, new.narrative))
    return changes


def _describe(line: ReturnFormLine, cell: list[str] | None) -> str:
    """Return a kept cell as the form prints it, with its explanation."""
    if cell is None:
        return ""
    number = format_line(line, Decimal(cell[0]))
    return f"{number}（{cell[1]}）" if cell[1] else number
