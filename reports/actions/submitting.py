"""Actions that hand a return over: submit it to the street, take it back."""

import datetime as dt
from collections.abc import Mapping
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
from figures.formatting import format_figure
from figures.sums import sum_figures
from organizations.actions import lock_months_for_closing
from organizations.errors import MonthIsClosed
from organizations.month_tree import ids_within
from organizations.queries import is_closed
from reports.actions.locking import lock_return
from reports.enums import ReturnState
from reports.errors import DoesNotBalance, MonthNotOver
from reports.models import (
    MonthlyReturn,
    ReturnFormLine,
    ReturnLine,
    ReturnSubmission,
)
from reports.notices import settle_reminders
from reports.returns.adjustment import explain_adjustment
from reports.returns.balance import ADJUSTMENT, CLOSING, OPENING, net_change
from reports.returns.comments import join_answers
from reports.returns.line_values import (
    compute_lines,
    reported_value,
    require_organization_at,
)
from reports.returns.submissions import content_of, differs, latest_submission


def recount_return(row: MonthlyReturn) -> dict[str, Decimal]:
    """Recount the community's figures while no action can add facts to its month."""
    lock_months_for_closing(row.organization)
    organization = require_organization_at(row.organization, row.month)
    recount(ids_within(organization, row.month), row.month)
    return compute_lines(row, sum_figures)


@action(label=_("Return submitted"))
def submit_return(
    monthly_return: MonthlyReturn,
    *,
    by: User,
    at: dt.datetime | None = None,
    minutes: int | None = None,
) -> MonthlyReturn:
    """Submit the return to the street: recompute each line, keep explained numbers.

    What it says is kept, so that the street sees what a later submission changes. Of an
    adjustment the causes that the records know are written. Refuses before the month's
    last day, in a closed month, if the month does not balance and neither records nor
    person explain the difference, and if it was sent back and nothing has changed since
    and nobody answers. `minutes` is how long it took since it was opened, if known.
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
    _explain_adjustment(row, lines, values)
    ReturnLine.objects.bulk_update(
        [line for line in lines if line.pk], ["computed", "reported", "reason"]
    )
    ReturnLine.objects.bulk_create([line for line in lines if not line.pk])
    row.submitted_at, row.submitted_by = at or timezone.now(), by
    _keep_submission(row, lines, at=row.submitted_at, by=by, minutes=minutes)
    row.state = ReturnState.SUBMITTED
    row.decided_at = row.decided_by = None
    row.return_reason = row.answer = ""
    row.save()
    settle_reminders(row)
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after={line.form_line.indicator: f"{line.reported}" for line in lines},
    )
    return row


def _keep_submission(
    row: MonthlyReturn,
    lines: list[ReturnLine],
    *,
    at: dt.datetime,
    by: User,
    minutes: int | None,
) -> None:
    """Keep what the return says now, and what it answers if it was sent back."""
    earlier = latest_submission(row)
    cells = content_of(lines)
    submission = ReturnSubmission(
        monthly_return=row,
        number=earlier.number + 1 if earlier else 1,
        submitted_at=at,
        submitted_by=by,
        narrative=row.narrative,
        cells=cells,
        returned_for=row.return_reason,
        answer=row.answer or join_answers(row),
        has_changes=differs(earlier, cells, row.narrative),
        minutes=minutes,
    )
    validate(submission)
    submission.save()


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


def _explain_adjustment(
    row: MonthlyReturn, lines: list[ReturnLine], values: Mapping[str, Decimal]
) -> None:
    """Write the known causes of an adjustment; refuse one that nobody explains.

    Corrections that cancel out make 0 and are written all the same.
    """
    value = values.get(ADJUSTMENT)
    if value is None:
        return
    line = next(line for line in lines if line.form_line.indicator == ADJUSTMENT)
    line.reason = line.reason or explain_adjustment(row.organization, row.month, value)
    if line.reason or not value:
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
