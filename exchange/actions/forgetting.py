"""Forget names and what was typed a week after somebody asked for something.

What was found, shown or chosen by a filter may name people, and stands beside a log
that keeps who did what. A week is as long as lists that left as a file are kept.
"""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actions import action
from exchange.actions.exports import WRITE_LIST
from exchange.enums import BulkState
from exchange.models import BulkRun, Job, ListExport, OrderedDecision

KEEP_DAYS = 7


def _last_kept() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=KEEP_DAYS)


def _lock(rows: Any) -> list[Any]:
    return list(rows.select_for_update(of=("self",)))


def _without_filter(address: str) -> str:
    """Return the address of a list without what was asked of it."""
    return address.partition("?")[0]


@action(label=_("What many rows had was forgotten"))
def forget_bulk_runs() -> int:
    """Forget names, reasons, filters and what was typed after a week; the log stays.

    What was not confirmed by then no longer can be.
    """
    rows: list[BulkRun] = _lock(BulkRun.objects.kept_since_before(_last_kept()))
    for run in rows:
        run.outcome, run.values = [], {}
        run.address = _without_filter(run.address)
        run.state = run.state if run.is_done else BulkState.EXPIRED
        run.save(update_fields=["outcome", "values", "address", "state"])
    return len(rows)


@action(label=_("What a large decision showed was forgotten"))
def forget_shown_decisions() -> int:
    """Forget whom a decision would take along, a week after it was worked out.

    The decision stays open: it can be worked out anew, or given up.
    """
    rows: list[OrderedDecision] = _lock(
        OrderedDecision.objects.shown_since_before(_last_kept())
    )
    for order in rows:
        order.shown, order.token = None, ""
        order.save(update_fields=["shown", "token"])
    return len(rows)


@action(label=_("Filters of written lists were forgotten"))
def forget_list_filters() -> int:
    """Forget after a week by which filter a list was written; its file goes as well."""
    unfinished = Job.objects.unfinished().filter(kind=WRITE_LIST)
    waiting = [int(subject) for subject in unfinished.values_list("subject", flat=True)]
    old = ListExport.objects.filtered_since_before(_last_kept())
    rows: list[ListExport] = _lock(old.exclude(pk__in=waiting))
    for export in rows:
        export.address = _without_filter(export.address)
        export.save(update_fields=["address"])
    return len(rows)
