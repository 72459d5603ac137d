"""Measure how much of the official return nobody has to type."""

from collections.abc import Iterator

from bench_files import Measured

KEY = "returns.share_prefilled"
LEAST = 0.9


def measure_returns(only: str) -> Iterator[Measured]:
    """The share of the official cells that are filled from the records alone.

    Over every return of the demo city's last month that is over: a cell counts where
    its number is computed, and reported as it was computed. Cells of columns that are 0
    in every return of the month count as not filled: they prove nothing.
    """
    if not KEY.startswith(only):
        return
    from core.months import month_of, shift_month, today
    from reports.models import MonthlyReturn
    from reports.returns.cells import build_cells

    month = shift_month(month_of(today()), -1)
    rows = MonthlyReturn.objects.filter(month=month)
    cells = [
        cell
        for row in rows.select_related("organization", "round__form")
        for cell in build_cells(row)
        if cell.line.official
    ]
    columns = {cell.line.indicator for cell in cells}
    telling = {cell.line.indicator for cell in cells if cell.computed}
    proven = [cell for cell in cells if cell.line.indicator in telling]
    filled = sum(not cell.differs for cell in proven)
    share = filled / len(cells) if cells else 0.0
    against = f"limit >= {LEAST:g}; {len(telling)} of {len(columns)} columns tell"
    yield Measured(KEY, share, "share", against, [share])
