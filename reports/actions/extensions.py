"""Actions on deadlines of single returns: extend one, void an extension."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.dates import format_day
from core.db.constraints import validate
from core.months import today
from reports.actions.locking import lock_return, refuse_wrong_state
from reports.enums import OPEN_STATES, ReturnState
from reports.errors import ExtendedBefore, ExtensionIsVoid, ExtensionOutOfBounds
from reports.models import DeadlineExtension, MonthlyReturn
from reports.notices import notify_of_extension

MOST_DAYS = 31


def latest_extension(row: MonthlyReturn) -> dt.date:
    """Return the last day to which a return's deadline can be extended."""
    due_on: dt.date = row.round.due_on
    return max(due_on, today()) + dt.timedelta(days=MOST_DAYS)


@action(label=_("Deadline extended"))
def extend_deadline(
    monthly_return: MonthlyReturn, *, due_on: dt.date, reason: str, by: User
) -> DeadlineExtension:
    """Give one community a later due day for its return of a round.

    Refuses returns that are submitted, a day that has passed, one more than 31 days
    away, and a second extension.
    """
    row = lock_return(monthly_return)
    refuse_extension(row)
    latest = latest_extension(row)
    if not today() <= due_on <= latest:
        raise ExtensionOutOfBounds(first=format_day(today()), last=format_day(latest))
    extension = DeadlineExtension(
        monthly_return=row,
        was_due_on=row.round.due_on,
        due_on=due_on,
        reason=reason,
        made_by=by,
    )
    validate(extension)
    extension.save()
    _set_extended_to(row, due_on)
    audit.record(
        extension,
        by=by,
        organization_id=row.organization_id,
        after={"due_on": f"{due_on}"},
        reason=reason,
    )
    notify_of_extension(row)
    return extension


def refuse_extension(row: MonthlyReturn) -> None:
    """Refuse to extend a deadline twice, or that of a return that was submitted."""
    refuse_wrong_state(row)
    if DeadlineExtension.objects.filter(monthly_return=row).exists():
        raise ExtendedBefore


def refuse_void_extension(extension: DeadlineExtension) -> None:
    """Refuse to void an extension twice, or once its return was accepted."""
    row = extension.monthly_return
    refuse_wrong_state(row, *OPEN_STATES, ReturnState.SUBMITTED)
    if extension.voided_at is not None:
        raise ExtensionIsVoid


@action(label=_("Extended deadline voided"))
def void_extension(
    extension: DeadlineExtension, *, by: User | None, reason: str
) -> None:
    """Void an extension: the day of the round holds again, also for what was late.

    Refuses once the return is accepted: what was published stays as it was.
    """
    row = lock_return(extension.monthly_return, *OPEN_STATES, ReturnState.SUBMITTED)
    rows = DeadlineExtension.all_objects.select_for_update(of=("self",))
    extension = rows.get(pk=extension.pk)
    if extension.voided_at is not None:
        raise ExtensionIsVoid
    extension.save(update_fields=extension.void(reason))
    _set_extended_to(row, None)
    audit.record_void(
        extension, by=by, organization_id=row.organization_id, reason=reason
    )


def _set_extended_to(row: MonthlyReturn, day: dt.date | None) -> None:
    row.extended_to = day
    row.save(update_fields=["extended_to"])
