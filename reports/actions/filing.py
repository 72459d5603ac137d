"""Actions of the community: explain, write, submit, withdraw."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.actors import Actor
from core.dates import format_month
from core.db.constraints import validate
from core.months import last_day, today
from figures.actions import recount
from figures.counting import count_figures
from figures.formatting import format_figure
from figures.sums import sum_figures
from organizations.actions import lock_months_for_closing
from organizations.errors import MonthIsClosed
from organizations.month_tree import ids_within
from organizations.queries import is_closed
from reports.actions.locking import lock_return
from reports.enums import ReturnState
from reports.errors import (
    DiffersWithoutReason,
    DoesNotBalance,
    FixedFigure,
    MonthNotOver,
    NoSuchNumber,
)
from reports.models import MonthlyReturn, ReturnFormLine, ReturnLine
from reports.notices import settle_filing
from reports.returns.balance import ADJUSTMENT, CLOSING, OPENING, net_change
from reports.returns.line_values import (
    compute_lines,
    decimals_of,
    is_fixed,
    place_in_month,
    reported_value,
)
from reports.returns.printing import (
    describe_allowed_numbers,
    format_line,
    format_plain,
)


@dataclass(frozen=True, slots=True)
class LineEntry:
    """What a return reports in one line, and why, if not the computed number."""

    form_line: ReturnFormLine
    value: Decimal
    reason: str = ""


def report_line(
    monthly_return: MonthlyReturn,
    form_line: ReturnFormLine,
    *,
    value: Decimal,
    reason: str,
    by: Actor,
) -> ReturnLine:
    """Report one number; refuses what `report_lines` refuses."""
    entry = LineEntry(form_line, value, reason)
    return report_lines(monthly_return, [entry], by=by)[0]


@action(label=_("Reported number explained"), former_name="report_line")
def report_lines(
    monthly_return: MonthlyReturn, entries: Iterable[LineEntry], *, by: Actor
) -> list[ReturnLine]:
    """Report other numbers than the computed ones, or explain numbers; all or none.

    Both numbers are kept. Refuses another number without a reason, one that the figure
    cannot have, and any other number for members and money.
    """
    row = lock_return(monthly_return)
    computed = compute_lines(row, count_figures)
    saved = {line.form_line_id: line for line in row.lines.all()}
    lines = []
    for entry in entries:
        form_line, value = entry.form_line, computed[entry.form_line.indicator]
        _refuse_entry(row, entry, value)
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
    decimals = decimals_of(form_line)
    if value < 0 or value != round(value, decimals):
        shape = describe_allowed_numbers(decimals)
        raise NoSuchNumber(line=label, value=format_plain(value), shape=shape)


@action(label=_("Account of the month written"))
def write_narrative(
    monthly_return: MonthlyReturn, *, narrative: str, by: Actor
) -> MonthlyReturn:
    """Write the account of the month; refuse once the return is submitted."""
    row = lock_return(monthly_return)
    before = audit.snapshot(row, "narrative")
    row.narrative = narrative
    validate(row)
    row.save(update_fields=["narrative"])
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        before=before,
        after=audit.snapshot(row, "narrative"),
    )
    return row


def recount_return(row: MonthlyReturn) -> dict[str, Decimal]:
    """Recount the community's figures while no action can add facts to its month."""
    lock_months_for_closing(row.organization)
    place = place_in_month(row.organization, row.month)
    recount(ids_within(place, row.month), row.month)
    return compute_lines(row, sum_figures)


@action(label=_("Return submitted"))
def submit_return(
    monthly_return: MonthlyReturn, *, by: User, at: dt.datetime | None = None
) -> MonthlyReturn:
    """Submit the return to the street: recompute each line, keep explained numbers.

    Refuses before the month's last day, in a closed month, and if the month does not
    balance and nobody explained the difference.
    """
    row = lock_return(monthly_return)
    _refuse_unless_due(row)
    values = recount_return(row)
    saved = {line.form_line_id: line for line in row.lines.all()}
    lines = [
        _refresh_line(
            row, form_line, saved.get(form_line.pk), values[form_line.indicator]
        )
        for form_line in row.round.form.lines.all()
    ]
    _refuse_unbalanced(lines, values)
    ReturnLine.objects.bulk_update(
        [line for line in lines if line.pk], ["computed", "reported", "reason"]
    )
    ReturnLine.objects.bulk_create([line for line in lines if not line.pk])
    row.state = ReturnState.SUBMITTED
    row.submitted_at, row.submitted_by = at or timezone.now(), by
    row.decided_at = row.decided_by = None
    row.return_reason = ""
    row.save()
    settle_filing(row)
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after={line.form_line.indicator: f"{line.reported}" for line in lines},
    )
    return row


def _refuse_unless_due(row: MonthlyReturn) -> None:
    month, end = format_month(row.month), last_day(row.month)
    if today() < end:
        raise MonthNotOver(month=month, day=end)
    if is_closed(row.organization, row.month):
        raise MonthIsClosed(month=month, name=row.organization.name)


def _refresh_line(
    row: MonthlyReturn,
    form_line: ReturnFormLine,
    saved: ReturnLine | None,
    value: Decimal,
) -> ReturnLine:
    """Return a line with its numbers at submission."""
    line = saved or ReturnLine(monthly_return=row, form_line=form_line)
    line.form_line = form_line
    line.reported = reported_value(form_line, saved, value)
    line.computed = value
    return line


def _refuse_unbalanced(lines: list[ReturnLine], values: Mapping[str, Decimal]) -> None:
    if not values.get(ADJUSTMENT):
        return
    line = next(line for line in lines if line.form_line.indicator == ADJUSTMENT)
    if line.reason:
        return
    change = net_change(values)
    raise DoesNotBalance(
        opening=format_figure(OPENING, values[OPENING]),
        change=format_figure(CLOSING, change),
        expected=format_figure(CLOSING, values[OPENING] + change),
        closing=format_figure(CLOSING, values[CLOSING]),
        adjustment=format_figure(ADJUSTMENT, values[ADJUSTMENT]),
        line=line.label,
    )


@action(label=_("Return taken back"))
def withdraw_return(monthly_return: MonthlyReturn, *, by: Actor) -> MonthlyReturn:
    """Take a submitted return back; refuse once the street has decided on it."""
    row = lock_return(monthly_return, ReturnState.SUBMITTED)
    row.state = ReturnState.DRAFT
    row.submitted_at = row.submitted_by = None
    row.save(update_fields=["state", "submitted_at", "submitted_by"])
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after={"state": row.state},
    )
    return row
