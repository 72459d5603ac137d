"""Notices about cases: to new owners, and to those above when one is overdue."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notices import notify
from cases.models import Case
from core.actors import Actor


def notify_owner(case: Case, *, by: Actor | None) -> None:
    """Tell somebody that a case was handed to them, unless they did so themselves."""
    owner = case.owner
    if owner is None or (by is not None and by.pk == owner.pk):
        return
    notify(
        owner,
        _("A case was handed to you: {title}. It is due on {day}."),
        about=case,
        title=case.title,
        day=case.due_on,
    )


def notify_overdue(case: Case, people: Iterable[User]) -> None:
    """Tell those above that a case was not settled in time."""
    for user in people:
        notify(
            user,
            _("{organization} has not settled a case in time: {title}, due on {day}."),
            about=case,
            organization=str(case.organization),
            title=case.title,
            day=case.due_on,
        )


def notify_released(case: Case, people: Iterable[User]) -> None:
    """Tell the others of the place that a case lost its owner."""
    for user in people:
        notify(
            user,
            _("A case has nobody to deal with it any more: {title}. Please take it."),
            about=case,
            title=case.title,
        )
