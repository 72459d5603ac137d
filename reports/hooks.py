"""Declares opening the rounds as a chore, and supplies published numbers."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.audit.presentation import label_names
from core.months import month_of, today
from core.registries.chores import Chore, chores
from core.text import StrOrPromise
from figures.definitions import indicators
from figures.formatting import label_with_unit
from figures.published import published_values
from reports.actions import open_current_rounds
from reports.models import PublishedMonth
from reports.returns.balance import ADJUSTMENT

ADJUSTMENT_LABEL = _("adjustment of the opening")


def label_logged_value(name: str) -> StrOrPromise | None:
    """Return what a number in the log of a return is called, with its unit.

    The log has yuan where the form has units of ten thousand.
    """
    other = {ADJUSTMENT: ADJUSTMENT_LABEL, "sha256": _("hash")}
    if name in indicators:
        indicator = indicators.get(name)
        return label_with_unit(indicator.label_in(month_of(today())), indicator.unit)
    return other.get(name)


label_names("reports.MonthlyReturn", label_logged_value)
label_names("reports.ReturnRound", {"reminded": _("reminded communities")}.get)

chores.add(
    Chore("reports.rounds", open_current_rounds, daily_at=(0, 5)),
)


def find_published_value(
    organization_id: int, month: dt.date, key: str
) -> Decimal | None:
    """Return the number published for an organization, month and indicator."""
    rows = PublishedMonth.objects.filter(organization=organization_id, month=month)
    figures = rows.values_list("figures", flat=True).first() or {}
    return Decimal(figures[key]) if key in figures else None


published_values.connect(find_published_value)
