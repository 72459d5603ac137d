"""What apps do when months of a filing organization close, in the same transaction."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from core.registries.registry import Registry
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class MonthCloser:
    """Work of an app when months close.

    `run` is given who files, the last month that was closed before (None for the first
    time), and the month that closes: every month between is closed with it.
    """

    key: str
    run: Callable[[Organization, dt.date | None, dt.date], None]


month_closers: Registry[MonthCloser] = Registry("Month closer")
