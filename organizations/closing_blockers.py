"""Checks that block ending something: rows that must be settled first.

An organization, a resident unit and a project end only when nothing that hangs on them
would go on. Upper apps register what hangs on them.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.months import today
from core.registries.registry import Registry
from core.text import StrOrPromise

MOST_NAMED = 10
ORGANIZATION = "organizations.Organization"
UNIT = "organizations.Unit"
PROJECT = "communities.Project"
ENDED_ON = {ORGANIZATION: "ended_on", UNIT: "ended_on", PROJECT: "ends_on"}
NAMED_BY = {ORGANIZATION: "code"}
"""What `verify` calls a row of the kind; others are named by their kind and key."""


@dataclass(frozen=True, slots=True)
class ClosingBlocker:
    """Rows that must be settled before what they hang on ends.

    `words` tells how many (`%(count)s`) there are and what to do with them. `closes`
    is the label of the model whose end they block, `column` leads to its row. `until`
    names the column with the day from which on a row is settled by itself.
    """

    key: str
    words: StrOrPromise
    rows: Callable[[], QuerySet[Any]]
    column: str = "organization"
    until: str = ""
    closes: str = ORGANIZATION

    def beyond(self, end: dt.date | F) -> QuerySet[Any]:
        """Rows that are not settled on the day of the end."""
        if not self.until:
            return self.rows()
        open_then = Q(**{self.until: None}) | Q(**{f"{self.until}__gt": end})
        return self.rows().filter(open_then)


closing_blockers: Registry[ClosingBlocker] = Registry("Unfinished matter")


def blockers_for(row: models.Model, end: dt.date) -> list[str]:
    """Describe the unsettled rows of an organization, unit or project that ends."""
    messages = []
    for matter in closing_blockers:
        if matter.closes != row._meta.label:
            continue
        rows = matter.beyond(end).filter(**{matter.column: row.pk}).order_by()
        counts = rows.aggregate(**_counts(matter))
        if counts["open"]:
            messages.append(str(matter.words) % {"count": counts["open"]})
        if last := counts.get("last"):
            messages.append(_describe_later(matter, rows, last))
    return messages


def _counts(matter: ClosingBlocker) -> dict[str, Any]:
    """Return what is asked of unsettled rows: open today, or settled since the day."""
    if not matter.until:
        return {"open": Count("pk")}
    since = Q(**{f"{matter.until}__lte": today()})
    last = Max(matter.until, filter=since)
    return {"open": Count("pk", filter=~since), "last": last}


def _describe_later(matter: ClosingBlocker, rows: QuerySet[Any], last: dt.date) -> str:
    """Name what was settled since the day, and from which day on nothing is open."""
    since = rows.filter(**{f"{matter.until}__lte": today()}).order_by(matter.until)
    named = [str(getattr(row, "member", row)) for row in since[:MOST_NAMED]]
    more = "…" if since.count() > MOST_NAMED else ""
    words = _("%(names)s still belonged to it until %(day)s (possible from that day)")
    return str(words) % {"names": "、".join(named) + more, "day": format_day(last)}


def violated_blockers() -> Iterator[tuple[str, str]]:
    """Yield what ended with unsettled rows, and which rows those are."""
    for matter in closing_blockers:
        name = NAMED_BY.get(matter.closes, "pk")
        code = f"{matter.column}__{name}"
        end = f"{matter.column}__{ENDED_ON[matter.closes]}"
        rows = matter.beyond(F(end)).filter(**{f"{end}__lte": _latest_end(matter)})
        counts = rows.order_by(code).values_list(code).annotate(count=Count("pk"))
        kind = apps.get_model(matter.closes)._meta.label
        for row, count in counts:
            named = row if name != "pk" else f"{kind} {row}"
            yield named, f"{matter.key} {count}"


def _latest_end(matter: ClosingBlocker) -> dt.date:
    """Return the latest day at which rows count as ended.

    An organization or a unit gets its day when its end is recorded, be it the next day.
    A project has one from its beginning, and lasts until it has come.
    """
    return today() if matter.closes == PROJECT else dt.date.max
