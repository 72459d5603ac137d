"""What is told about returns: to the keepers of the communities that file them."""

import datetime as dt
from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment
from accounts.notices import notify
from core.text import StrOrPromise
from organizations.roles import COMMUNITY_KEEPERS
from reports.enums import ReturnState
from reports.models import MonthlyReturn


def _tell(rows: Iterable[MonthlyReturn], text: StrOrPromise) -> None:
    """Tell each community's keepers, with the page of their own return."""
    wanted = {row.organization_id: row for row in rows}
    role_assignments = RoleAssignment.objects.current().of_roles(COMMUNITY_KEEPERS)
    told = set[tuple[int, int]]()
    for assignment in role_assignments.filter(organization__in=wanted).select_related(
        "user"
    ):
        row = wanted[assignment.organization_id or 0]
        if (assignment.user_id, row.pk) not in told:
            told.add((assignment.user_id, row.pk))
            words = format_lazy(text, month=f"{row.month:%Y-%m}")
            notify(assignment.user, words, row.get_absolute_url())


def tell_of_return(row: MonthlyReturn) -> None:
    """Say that a return came back, and that it says there what to correct."""
    _tell([row], _("The street returned the monthly return of {month} for correction."))


def tell_of_acceptance(row: MonthlyReturn) -> None:
    """Say that a return was accepted and the month is closed."""
    _tell([row], _("The monthly return of {month} was accepted; the month is closed."))


def tell_of_reminder(rows: Iterable[MonthlyReturn], due_on: dt.date) -> None:
    """Say that a return is not filed yet or came back, and until when it is due."""
    waiting = list(rows)
    for returned, text in (
        (
            False,
            _("The monthly return of {month} is not filed yet; it is due on {day}."),
        ),
        (
            True,
            _(
                "The monthly return of {month} was returned; please correct it and"
                " file it again. It is due on {day}."
            ),
        ),
    ):
        words = format_lazy(text, day=f"{due_on}", month="{month}")
        some = [r for r in waiting if (r.state == ReturnState.RETURNED) == returned]
        _tell(some, words)
