"""Lock a return and check its state, before an action changes it."""

from collections.abc import Collection

from reports.enums import OPEN_STATES, ReturnState
from reports.errors import WrongState
from reports.models import MonthlyReturn


def lock_return(monthly_return: MonthlyReturn, *states: ReturnState) -> MonthlyReturn:
    """Lock a return; refuse if it is in none of the states (by default the open ones).

    Open returns are still with their community.
    """
    rows = MonthlyReturn.objects.select_for_update(of=("self",))
    row = rows.select_related("organization", "round__form", "submitted_by").get(
        pk=monthly_return.pk
    )
    refuse_wrong_state(row, *states)
    return row


def refuse_wrong_state(row: MonthlyReturn, *states: ReturnState) -> None:
    """Refuse a return that is in none of the states (by default the open ones)."""
    expected: Collection[str] = states or OPEN_STATES
    if row.state not in expected:
        raise WrongState(state=row.get_state_display())
