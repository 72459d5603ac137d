"""Declares recounting as a chore, and what is done when a month closes."""

import datetime as dt
from collections.abc import Iterable

from core.numbers import format_number
from core.registries.chores import Chore, chores
from figures.actions import (
    digest_closed_figures,
    recount_requested,
    request_full_recount,
)
from figures.counting import count_figures_by_place
from figures.definitions import indicators
from figures.formatting import label_with_unit
from figures.sums import DAILY_RECOUNT
from organizations.figure_preview import Figures, figure_preview
from organizations.month_closers import MonthCloser, month_closers
from organizations.month_tree import get_organizations_at


def read_figures(organization_ids: Iterable[int], month: dt.date) -> Figures:
    """Count every figure of some organizations in a month, as their rows are now."""
    places = get_organizations_at(organization_ids, month)
    counted = count_figures_by_place(places, month, [one.key for one in indicators])
    label = {
        one.key: label_with_unit(one.label_in(month), one.unit) for one in indicators
    }
    return {
        (place.pk, str(label[key])): format_number(value)
        for place in places
        for key, value in counted[place.path].items()
    }


figure_preview.connect(read_figures)
chores.add(
    Chore("figures.recount", recount_requested, every=2.0),
    Chore(DAILY_RECOUNT, request_full_recount, daily_at=(0, 10)),
)
month_closers.add(MonthCloser("figures.closed", digest_closed_figures))
