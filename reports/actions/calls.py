"""Tick a call about a return that is missing."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.db.constraints import validate
from core.months import refuse_future_day
from reports.actions.locking import lock_return
from reports.models import MonthlyReturn, ReturnCall


@action(label=_("Call about a return recorded"))
def record_call(
    monthly_return: MonthlyReturn,
    *,
    called_on: dt.date,
    spoke_with: str,
    note: str = "",
    by: User,
) -> ReturnCall:
    """Record that the street telephoned about a return that is not submitted.

    Refuses returns that are submitted, and future days.
    """
    row = lock_return(monthly_return)
    refuse_future_day(called_on)
    call = ReturnCall(
        monthly_return=row,
        called_on=called_on,
        spoke_with=spoke_with,
        note=note,
        made_by=by,
    )
    validate(call)
    call.save()
    audit.record(
        call,
        by=by,
        organization_id=row.organization_id,
        after={"called_on": f"{called_on}", "spoke_with": spoke_with},
        reason=note,
    )
    return call
