"""Deeds of the community: explaining, writing, submitting, withdrawing."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.db.constraints import validate
from core.months import last_day, today
from figures.actions import recount
from figures.formatting import format_figure
from figures.rows import counted
from figures.sums import values_at
from organizations.actions import lock_months_for_closing
from organizations.errors import MonthIsClosed
from organizations.month_tree import ids_within
from organizations.queries import is_closed
from reports.actions.drafts import locked
from reports.balance import ADJUSTMENT, CLOSING, OPENING, change
from reports.enums import ReturnState
from reports.errors import (
    DiffersWithoutReason,
    DoesNotBalance,
    FixedFigure,
    NoSuchNumber,
    NotOverYet,
)
from reports.filling import computed, is_fixed, place_in, places_of, reported
from reports.models import MonthlyReturn, ReturnFormLine, ReturnLine
from reports.printing import plain, shape_of


@action(label=_("Reported number explained"))
def report_line(
    monthly_return: MonthlyReturn,
    form_line: ReturnFormLine,
    *,
    value: Decimal,
    reason: str,
    by: User,
) -> ReturnLine:
    """Report another number than the computed one, or explain a number; say why.

    Both numbers are kept. Members and money can only be explained.
    """
    row = locked(monthly_return)
    right = computed(row, counted)[form_line.indicator]
    shown = format_figure(form_line.indicator, right, form_line.divisor)
    if value != right and is_fixed(form_line):
        raise FixedFigure(line=form_line.label, computed=shown)
    if value != right and not reason:
        raise DiffersWithoutReason(line=form_line.label, computed=shown)
    if value != right:
        _refuse_no_number(form_line, value)
    earlier = row.lines.filter(form_line=form_line).first()
    line = earlier or ReturnLine(monthly_return=row, form_line=form_line)
    line.computed, line.reported, line.reason = right, value, reason
    validate(line)
    line.save()
    audit.record(
        line,
        by=by,
        organization_id=row.organization_id,
        after={"computed": f"{right}", "reported": f"{value}"},
        reason=reason,
    )
    return line


def _refuse_no_number(form_line: ReturnFormLine, value: Decimal) -> None:
    places = places_of(form_line)
    if value < 0 or value != round(value, places):
        shape = shape_of(places)
        raise NoSuchNumber(line=form_line.label, value=plain(value), shape=shape)


@action(label=_("Account of the month written"))
def write_narrative(
    monthly_return: MonthlyReturn, *, narrative: str, by: User
) -> MonthlyReturn:
    """Write the account of the month that goes with the numbers."""
    row = locked(monthly_return)
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


def count_afresh(row: MonthlyReturn) -> dict[str, Decimal]:
    """Count the community's figures now, nobody counting into its month meanwhile."""
    lock_months_for_closing(row.organization)
    place = place_in(row.organization, row.month)
    recount(ids_within(place, row.month), row.month)
    return computed(row, values_at)


@action(label=_("Return submitted"))
def submit_return(
    monthly_return: MonthlyReturn, *, by: User, at: dt.datetime | None = None
) -> MonthlyReturn:
    """Hand the return to the street: each line computed now, reported as explained.

    Possible from the month's last day on, and only if the month balances or the
    difference is explained.
    """
    row = locked(monthly_return)
    _refuse_out_of_time(row)
    values = count_afresh(row)
    written = {line.form_line_id: line for line in row.lines.all()}
    lines = [
        _refreshed(
            row, form_line, written.get(form_line.pk), values[form_line.indicator]
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
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after={line.form_line.indicator: f"{line.reported}" for line in lines},
    )
    return row


def _refuse_out_of_time(row: MonthlyReturn) -> None:
    month, end = f"{row.month:%Y-%m}", last_day(row.month)
    if today() < end:
        raise NotOverYet(month=month, day=end)
    if is_closed(row.organization, row.month):
        raise MonthIsClosed(month=month, name=row.organization.name)


def _refreshed(
    row: MonthlyReturn,
    form_line: ReturnFormLine,
    written: ReturnLine | None,
    value: Decimal,
) -> ReturnLine:
    """Return a line as it is submitted."""
    line = written or ReturnLine(monthly_return=row, form_line=form_line)
    line.form_line = form_line
    line.reported = reported(form_line, written, value)
    line.computed = value
    return line


def _refuse_unbalanced(lines: list[ReturnLine], values: Mapping[str, Decimal]) -> None:
    if not values.get(ADJUSTMENT):
        return
    line = next(line for line in lines if line.form_line.indicator == ADJUSTMENT)
    if line.reason:
        return
    moved = change(values)
    raise DoesNotBalance(
        opening=format_figure(OPENING, values[OPENING]),
        change=format_figure(CLOSING, moved),
        expected=format_figure(CLOSING, values[OPENING] + moved),
        closing=format_figure(CLOSING, values[CLOSING]),
        adjustment=format_figure(ADJUSTMENT, values[ADJUSTMENT]),
        line=line.form_line.label,
    )


@action(label=_("Return taken back"))
def withdraw_return(monthly_return: MonthlyReturn, *, by: User) -> MonthlyReturn:
    """Take a return back before the street has decided on it."""
    row = locked(monthly_return, ReturnState.SUBMITTED)
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
