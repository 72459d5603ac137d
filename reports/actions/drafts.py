"""What every deed on a return begins with: the row locked, and still in its state."""

from collections.abc import Collection

from reports.enums import OPEN_STATES, ReturnState
from reports.errors import WrongState
from reports.models import MonthlyReturn


def locked(monthly_return: MonthlyReturn, *states: ReturnState) -> MonthlyReturn:
    """Lock a return that must stand at a state; by default with its community."""
    rows = MonthlyReturn.objects.select_for_update(of=("self",))
    row = rows.select_related("organization", "round__form", "submitted_by").get(
        pk=monthly_return.pk
    )
    allowed: Collection[str] = states or OPEN_STATES
    if row.state not in allowed:
        raise WrongState(state=row.get_state_display())
    return row
