"""Look up published numbers, which the app that publishes them supplies."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from core.registries.port import Port

published_values: Port[Callable[[int, dt.date, str], Decimal | None]] = Port(
    "Published numbers"
)


def get_published_value(
    organization_id: int, month: dt.date, key: str
) -> Decimal | None:
    """Return the number that was published, or None if there is none."""
    return published_values.get()(organization_id, month, key)
