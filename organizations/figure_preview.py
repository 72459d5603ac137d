"""The figures of the open month before and after a change that is only tried out."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from core.registries.port import Port

Figures = Mapping[tuple[int, str], str]
"""What a figure of an organization is, by the organization's key and a label."""
figure_preview: Port[Callable[[Iterable[int], dt.date], Figures]] = Port(
    "Figures of a month"
)
