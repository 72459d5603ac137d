"""Actions of the community while a return is open: explain, write, answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from figures.counting import count_figures
from reports.actions.locking import lock_return
from reports.enums import ReturnState
from reports.errors import (
    DiffersWithoutReason,
    FixedFigure,
    NoSuchNumber,
    OddNumber,
)
from reports.models import MonthlyReturn, ReturnFormLine, ReturnLine
from reports.returns.line_values import compute_lines, is_fixed, is_possible
from reports.returns.plausibility import RecentMonths, odd_above, recent_months
from reports.returns.printing import (
    describe_allowed_numbers,
    describe_largest,
    format_line,
    format_plain,
)


@dataclass(frozen=True, slots=True)
class LineEntry:
    """What a return reports in one line, and why, if not the computed number.

    `confirmed` says that an odd number is meant as it stands.
    """

    form_line: ReturnFormLine
    value: Decimal
    reason: str = ""
    confirmed: bool = False


def report_line(
    monthly_return: MonthlyReturn,
    form_line: ReturnFormLine,
    *,
    value: Decimal,
    reason: str,
    by: Actor,
    confirmed: bool = False,
) -> ReturnLine:
    """Report one number; refuses what `report_lines` refuses."""
    entry = LineEntry(form_line, value, reason, confirmed)
    return report_lines(monthly_return, [entry], by=by)[0]


@action(label=_("Reported number explained"), former_name="report_line")
def report_lines(
    monthly_return: MonthlyReturn, entries: Iterable[LineEntry], *, by: Actor
) -> list[ReturnLine]:
    """Report other numbers than the computed ones, or explain numbers; all or none.

    Both numbers are kept. Refuses another number without a reason, one that the figure
    cannot have, an odd one that is not confirmed, and any other number for members and
    money.
    """
    row = lock_return(monthly_return)
    recent = recent_months(row.organization_id, row.month)
    computed = compute_lines(row, count_figures)
    saved = {line.form_line_id: line for line in row.lines.all()}
    lines = []
    for entry in entries:
        form_line, value = entry.form_line, computed[entry.form_line.indicator]
        _refuse_entry(row, entry, value)
        _refuse_odd_number(row, entry, value, recent)
        line = saved.get(form_line.pk)
        line = line or ReturnLine(monthly_return=row, form_line=form_line)
        line.computed, line.reported, line.reason = value, entry.value, entry.reason
        validate(line)
        line.save()
        audit.record(
            line,
            by=by,
            organization_id=row.organization_id,
            after={"computed": f"{value}", "reported": f"{entry.value}"},
            reason=entry.reason,
        )
        lines.append(line)
    return lines


def _refuse_entry(row: MonthlyReturn, entry: LineEntry, computed: Decimal) -> None:
    if entry.value == computed:
        return
    form_line = entry.form_line
    text = format_line(form_line, computed)
    label = form_line.label_in(row.month)
    if is_fixed(form_line):
        raise FixedFigure(line=label, computed=text)
    if not entry.reason:
        raise DiffersWithoutReason(line=label, computed=text)
    _refuse_impossible_number(form_line, label, entry.value)


def _refuse_impossible_number(
    form_line: ReturnFormLine, label: str, value: Decimal
) -> None:
    if not is_possible(form_line, value):
        shape = describe_allowed_numbers(form_line)
        text = format_plain(value, form_line.divisor)
        raise NoSuchNumber(line=label, value=text, shape=shape)


def _refuse_odd_number(
    row: MonthlyReturn, entry: LineEntry, computed: Decimal, recent: RecentMonths
) -> None:
    line = entry.form_line
    largest = recent.largest(line.indicator)
    if entry.confirmed or entry.value <= odd_above(computed, largest):
        return
    raise OddNumber(
        line=line.label_in(row.month),
        value=format_line(line, entry.value),
        computed=format_line(line, computed),
        largest=describe_largest(line, largest),
    )


@action(label=_("Account of the month written"))
def write_narrative(
    monthly_return: MonthlyReturn, *, narrative: str, by: Actor
) -> MonthlyReturn:
    """Write the account of the month; refuse once the return is submitted."""
    row = lock_return(monthly_return)
    with audit.recording(row, "narrative", by=by, organization_id=row.organization_id):
        row.narrative = narrative
        validate(row)
        row.save(update_fields=["narrative"])
    return row


@action(label=_("Answer to the street written"))
def answer_street(monthly_return: MonthlyReturn, *, answer: str, by: Actor) -> None:
    """Write what the street is answered when a returned return is submitted again."""
    row = lock_return(monthly_return, ReturnState.RETURNED)
    with audit.recording(row, "answer", by=by, organization_id=row.organization_id):
        row.answer = answer
        validate(row)
        row.save(update_fields=["answer"])
