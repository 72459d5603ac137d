"""What must hold between the forms and the indicators before anything is served."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from figures.definitions import indicators
from reports.reference import standard_lines
from reports.returns.balance import ADJUSTMENT, BALANCE


@register()
def every_line_has_an_indicator(**_kwargs: Any) -> list[CheckMessage]:
    """Each line of the shipped form, and of the balance, names a declared indicator."""
    named = {row["indicator"] for row in standard_lines()} - {ADJUSTMENT} | {*BALANCE}
    missing = sorted(key for key in named if key not in indicators)
    return [
        Error(
            f"The monthly return counts {key!r}, but no app declares this indicator.",
            hint="Declare it in the app's indicators.py, or take the line out.",
            id="reports.E001",
        )
        for key in missing
    ]
