"""Checks that block closing an organization: rows that must be settled first."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class ClosingBlocker:
    """Rows that hang on an organization and must be settled before it ends.

    `words` tells how many (`%(count)s`) there are and what to do with them. `until`
    names the column with the day from which on a row is settled by itself.
    """

    key: str
    words: StrOrPromise
    rows: Callable[[], QuerySet[Any]]
    organization: str = "organization"
    until: str = ""

    def beyond(self, end: dt.date | F) -> QuerySet[Any]:
        """Rows that are not settled on the day of the organization's end."""
        if not self.until:
            return self.rows()
        open_then = Q(**{self.until: None}) | Q(**{f"{self.until}__gt": end})
        return self.rows().filter(open_then)


closing_blockers: Registry[ClosingBlocker] = Registry("Unfinished matter")


def blockers_for(organization_id: int, end: dt.date) -> list[str]:
    """Say what an organization would leave behind if it ended on the day."""
    found = []
    for matter in closing_blockers:
        rows = matter.beyond(end).filter(**{matter.organization: organization_id})
        if count := rows.count():
            found.append(str(matter.words) % {"count": count})
    return found


def violated_blockers() -> Iterator[tuple[str, str]]:
    """Yield what ended organizations have left behind: their code, and what."""
    for matter in closing_blockers:
        code, end = f"{matter.organization}__code", f"{matter.organization}__ended_on"
        rows = matter.beyond(F(end)).filter(**{f"{end}__isnull": False})
        counts = rows.order_by(code).values_list(code).annotate(count=Count("pk"))
        for organization, count in counts:
            yield organization, f"{matter.key} {count}"
