"""Propose the account of a month: what the records tell, then last month's account."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.months import shift_month
from figures.definitions import Kind, indicators
from reports.models import MonthlyReturn
from reports.returns.balance import ADJUSTMENT
from reports.returns.cells import ReturnCell, build_cells, group_cells

MOST = MonthlyReturn._meta.get_field("narrative").max_length


def happened(cell: ReturnCell) -> bool:
    """Whether a cell counts what happened in the month, and something did."""
    key = cell.line.indicator
    is_flow = key != ADJUSTMENT and indicators.get(key).kind == Kind.FLOW
    return is_flow and bool(cell.reported)


def is_zero(cells: Iterable[ReturnCell]) -> bool:
    """Whether nothing happened in the month: a zero return."""
    return not any(happened(cell) for cell in cells)


def propose_narrative(row: MonthlyReturn) -> str:
    """Return an account to be edited; nothing of it is kept until somebody saves it.

    It begins with what happened by the records, a line for each group of the form, and
    goes on with the account of the month before, as it was written.
    """
    lines = [
        f"{heading}：{'，'.join(_describe(cell) for cell in cells if happened(cell))}。"
        for heading, cells in group_cells(build_cells(row))
        if any(happened(cell) for cell in cells)
    ]
    facts = "\n".join(lines) or _("Nothing was recorded this month.")
    before = MonthlyReturn.objects.filter(
        organization=row.organization, month=shift_month(row.month, -1)
    )
    last = before.order_by("-version").values_list("narrative", flat=True).first()
    return "\n\n".join(filter(None, [facts, last]))[:MOST]


def _describe(cell: ReturnCell) -> str:
    """Return a number in a sentence; what the form divides stands in its own unit."""
    words = f"{cell.full_label} {cell.text} {cell.line.unit}"
    return words.replace(" · ", "")
