"""The figures of open months before and after a change that is only tried out."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from core.registries.port import Port

Figures = Mapping[tuple[int, str], str]
"""What a figure of an organization is, by the organization's key and a label."""
FiledReturns = Mapping[int, str]
"""What a return that waits for the street is called, by who files it."""
figure_preview: Port[Callable[[Iterable[int], dt.date], Figures]] = Port(
    "Figures of a month"
)
filed_returns: Port[Callable[[Iterable[int], dt.date], FiledReturns]] = Port(
    "Returns of a month that were submitted and not accepted"
)
