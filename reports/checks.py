"""System checks of the forms against the declared indicators."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from figures.definitions import indicators
from reports.reference import read_standard_lines
from reports.returns.balance import ADJUSTMENT, BALANCE


@register()
def check_form_indicators(**_kwargs: Any) -> list[CheckMessage]:
    """Check that the shipped form and the balance name declared indicators only."""
    keys = {row["indicator"] for row in read_standard_lines()} - {ADJUSTMENT}
    missing = sorted(key for key in keys | {*BALANCE} if key not in indicators)
    return [
        Error(
            f"The monthly return counts {key!r}, but no app declares this indicator.",
            hint="Declare it in the app's indicators.py, or take the line out.",
            id="reports.E001",
        )
        for key in missing
    ]
