"""The time that planning a sheet may take, and the progress it reports meanwhile."""

import time
from collections.abc import Callable, Iterable, Iterator

from exchange.errors import PlanningTooSlow
from exchange.import_kinds import RowPlan
from exchange.job_kinds import Progress
from sheets.read import TableRow

PLANNING_SECONDS = 900.0  # 200,000 rows take about two minutes
REPORTED_ROWS = 1000
STARTED, PLANNED = 10, 80  # percent


class PlanClock:
    """Refuses to go on with a sheet whose planning takes too long.

    It is asked for every row that is read and for every row that is planned, so that
    one sheet never holds up the worker.
    """

    def __init__(
        self,
        seconds: float = PLANNING_SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.seconds = seconds
        self.now = now
        self.ends_at = now() + seconds

    def check(self, excel_row: int) -> None:
        """Refuse to go beyond a row once the time is used up."""
        if self.now() > self.ends_at:
            minutes = max(round(self.seconds / 60), 1)
            raise PlanningTooSlow(row=excel_row, minutes=minutes)


def limit_reading_time(
    rows: Iterable[TableRow], report: Progress, clock: PlanClock
) -> Iterator[TableRow]:
    """Yield rows within the time; report progress, though nobody knows how many."""
    span = PLANNED - STARTED
    for number, row in enumerate(rows, start=1):
        clock.check(row.excel_row)
        if number % REPORTED_ROWS == 0:
            report(PLANNED - span * 20_000 // (number + 20_000))
        yield row


def limit_planning_time(
    plans: Iterable[RowPlan], clock: PlanClock
) -> Iterator[RowPlan]:
    """Yield plans within the time."""
    for plan in plans:
        clock.check(plan.excel_row)
        yield plan
