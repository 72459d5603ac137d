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
    """Rows of an organization that must be settled before it ends.

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
    """Describe the unsettled rows of an organization that ends on the day."""
    messages = []
    for matter in closing_blockers:
        rows = matter.beyond(end).filter(**{matter.organization: organization_id})
        if count := rows.count():
            messages.append(str(matter.words) % {"count": count})
    return messages


def violated_blockers() -> Iterator[tuple[str, str]]:
    """Yield the code of each ended organization with unsettled rows, and which."""
    for matter in closing_blockers:
        code, end = f"{matter.organization}__code", f"{matter.organization}__ended_on"
        rows = matter.beyond(F(end)).filter(**{f"{end}__isnull": False})
        counts = rows.order_by(code).values_list(code).annotate(count=Count("pk"))
        for organization, count in counts:
            yield organization, f"{matter.key} {count}"
