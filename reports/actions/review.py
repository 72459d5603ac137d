"""Actions of the street: send a return back, or accept and publish it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.dates import format_month
from core.db.constraints import validate
from core.errors import DomainError
from exchange.actions import refuse_clock_in_doubt
from organizations.actions import close_month
from reports.actions.comments import settle_open_comments
from reports.actions.locking import lock_return
from reports.actions.submitting import recount_return
from reports.enums import ReturnState
from reports.errors import EarlierMonthOpen, FiguresChanged, OwnReturn
from reports.models import MonthlyReturn, PublishedMonth, ReturnLine
from reports.notices import notify_accepted, notify_returned
from reports.returns.acceptance import first_open_months, is_own_return
from reports.returns.line_values import require_organization_at
from reports.returns.publishing import build_content, encode_content, reported_figures


@action(label=_("Return sent back"))
def return_for_correction(
    monthly_return: MonthlyReturn, *, reason: str, by: User
) -> MonthlyReturn:
    """Send a submitted return back to its community, with what is to be corrected.

    Refuses returns in any other state, and an empty reason.
    """
    row = lock_return(monthly_return, ReturnState.SUBMITTED)
    row.state = ReturnState.RETURNED
    row.return_reason = reason
    row.decided_at, row.decided_by = timezone.now(), by
    validate(row)
    row.save(update_fields=["state", "return_reason", "decided_at", "decided_by"])
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after={"state": row.state},
        reason=reason,
    )
    notify_returned(row)
    return row


@action(label=_("Return accepted and published"))
def accept_return(monthly_return: MonthlyReturn, *, by: User) -> PublishedMonth:
    """Accept a return: publish it, freeze it, and close the community's month.

    The figures are recounted while no action can add facts to the month, so that the
    published numbers agree with the records; later facts count in later months.
    Refuses returns that are not submitted, a person's own return, an earlier month
    still open, figures that have changed since submission, and every return while the
    server's date is in doubt.
    """
    refuse_clock_in_doubt()
    row = lock_return(monthly_return, ReturnState.SUBMITTED)
    _refuse_to_accept(row, by)
    values = recount_return(row)
    lines = list(row.lines.select_related("form_line").order_by("form_line__position"))
    changed = [ln for ln in lines if ln.computed != values[ln.form_line.indicator]]
    if changed:
        raise FiguresChanged(lines="、".join(line.label for line in changed))
    row.state = ReturnState.ACCEPTED
    row.decided_at, row.decided_by = timezone.now(), by
    row.save(update_fields=["state", "decided_at", "decided_by"])
    row.lines.update(frozen=True)
    settle_open_comments(row, by=by)
    published = _publish(row, lines, by)
    close_month(row.organization, row.month, by=by)
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after={"state": row.state, "sha256": published.sha256},
    )
    notify_accepted(row)
    return published


@dataclass
class AcceptedTogether:
    """What became of several returns: how many were accepted, and why others not."""

    accepted: int = 0
    refusals: list[str] = field(default_factory=list)


def accept_returns(rows: Iterable[MonthlyReturn], *, by: User) -> AcceptedTogether:
    """Accept several returns, one action each: a refusal does not stop the others."""
    outcome = AcceptedTogether()
    for row in rows:
        try:
            accept_return(row, by=by)
        except DomainError as refusal:
            outcome.refusals.append(f"{row.organization.name}：{refusal}")
        else:
            outcome.accepted += 1
    return outcome


def _refuse_to_accept(row: MonthlyReturn, by: User) -> None:
    if is_own_return(row, by):
        raise OwnReturn
    earlier = first_open_months([row.organization_id], row.month)
    if (first := earlier.get(row.organization_id)) is not None:
        raise EarlierMonthOpen(month=format_month(first))


def _publish(row: MonthlyReturn, lines: list[ReturnLine], by: User) -> PublishedMonth:
    organization = require_organization_at(row.organization, row.month)
    content, sha256 = encode_content(build_content(row, organization, lines))
    return PublishedMonth.objects.create(
        monthly_return=row,
        organization=row.organization,
        month=row.month,
        path=organization.path,
        content=content,
        sha256=sha256,
        figures=reported_figures(lines),
        published_by=by,
    )
