"""Notices about returns, to the record keepers of the communities that file them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment
from accounts.notices import notify, settle_notices
from core.dates import format_month_lazy
from core.text import StrOrPromise
from organizations.roles import COMMUNITY_KEEPERS
from reports.enums import ReturnState
from reports.models import MonthlyReturn


def _notify_keepers(
    rows: Iterable[MonthlyReturn], text: StrOrPromise, **values: Any
) -> None:
    """Notify each community's keepers once, with a link to their own return."""
    row_by_organization = {row.organization_id: row for row in rows}
    assignments = RoleAssignment.objects.current().of_roles(COMMUNITY_KEEPERS)
    assignments = assignments.filter(organization__in=row_by_organization)
    notified = set[tuple[int, int]]()
    for assignment in assignments.select_related("user"):
        row = row_by_organization[assignment.organization_id or 0]
        if (assignment.user_id, row.pk) not in notified:
            notified.add((assignment.user_id, row.pk))
            month = format_month_lazy(row.month)
            notify(assignment.user, text, about=row, month=month, **values)


def notify_returned(row: MonthlyReturn) -> None:
    """Notify the keepers that their return was sent back for correction."""
    _notify_keepers(
        [row], _("The street returned the monthly return of {month} for correction.")
    )


def notify_accepted(row: MonthlyReturn) -> None:
    """Notify the keepers that their return was accepted and the month is closed."""
    _notify_keepers(
        [row], _("The monthly return of {month} was accepted; the month is closed.")
    )


def notify_of_open_returns(rows: Iterable[MonthlyReturn]) -> None:
    """Remind the keepers of returns that are not submitted or were sent back.

    Each is told the day on which its own return is due.
    """
    not_submitted = _(
        "The monthly return of {month} is not submitted yet; it is due on {day}."
    )
    sent_back = _(
        "The monthly return of {month} was returned; please correct it and submit it"
        " again. It is due on {day}."
    )
    groups: dict[tuple[bool, dt.date], list[MonthlyReturn]] = {}
    for row in rows:
        key = (row.state == ReturnState.RETURNED, row.due_on)
        groups.setdefault(key, []).append(row)
    for (returned, day), some in groups.items():
        _notify_keepers(some, sent_back if returned else not_submitted, day=day)


def notify_of_extension(row: MonthlyReturn) -> None:
    """Notify the keepers that the street extended the deadline of their return."""
    text = _("The deadline of the monthly return of {month} was extended to {day}.")
    _notify_keepers([row], text, day=row.due_on)


def settle_reminders(row: MonthlyReturn) -> None:
    """Mark what asked the keepers for a return as read: one of them submitted it."""
    settle_notices(row)
