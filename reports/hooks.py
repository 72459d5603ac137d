"""Declares opening the rounds as a chore, and supplies published numbers."""

import datetime as dt
from decimal import Decimal

from core.registries.chores import Chore, chores
from figures.published import published_values
from reports.actions import open_current_rounds
from reports.models import PublishedMonth

chores.add(
    Chore("reports.rounds", open_current_rounds, daily_at=(0, 5)),
)


def find_published_value(
    organization_id: int, month: dt.date, key: str
) -> Decimal | None:
    """Return the number published for an organization, month and indicator."""
    rows = PublishedMonth.objects.filter(organization=organization_id, month=month)
    figures = rows.values_list("figures", flat=True).first() or {}
    return Decimal(figures[key]) if figures.get(key) else None


published_values.connect(find_published_value)
