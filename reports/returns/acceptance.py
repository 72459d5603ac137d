"""Who may accept a return, and in which order: the same for page and action."""

import datetime as dt
from collections.abc import Iterable

from core.actors import Actor
from reports.enums import ReturnState
from reports.models import MonthlyReturn


def is_own_return(row: MonthlyReturn, reader: Actor) -> bool:
    """Whether the reader submitted the return: somebody else then accepts it."""
    return row.submitted_by_id == reader.pk


def first_open_months(ids: Iterable[int], month: dt.date) -> dict[int, dt.date]:
    """Return the first month before this one that is not accepted, by community.

    Months are accepted in order, since each opens with the closing of the one before.
    """
    rows = MonthlyReturn.objects.filter(organization__in=list(ids), month__lt=month)
    rows = rows.exclude(state=ReturnState.ACCEPTED).order_by("-month")
    return dict(rows.values_list("organization_id", "month"))
