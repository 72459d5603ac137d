"""Which workbook of several months somebody asked for, as a job remembers it."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils.translation import get_language

from core.months import month_of, today
from reports.models import ReturnForm
from reports.workbooks.periods import Period, PeriodKind, period_of
from reports.workbooks.themes import name_themes

SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class WorkbookOrder:
    """A place, a kind of workbook and its months.

    A comparison has a theme (`group`) beside; a workbook on a `topic` has no return.
    """

    organization_id: int
    kind: PeriodKind
    first: dt.date
    last: dt.date
    language: str = ""
    group: str = ""
    topic: str = ""

    @classmethod
    def of(
        cls, organization_id: int, period: Period, *, group: str = "", topic: str = ""
    ) -> Self:
        """Return the order of a workbook in the reader's language."""
        return cls(
            organization_id,
            period.kind,
            period.first,
            period.last,
            get_language() or "",
            group,
            topic,
        )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the order that a job remembers; the first ones had no topic."""
        key, kind, first, last, language, group, *topic = text.split(SEPARATOR)
        return cls(
            int(key),
            PeriodKind(kind),
            dt.date.fromisoformat(f"{first}-01"),
            dt.date.fromisoformat(f"{last}-01"),
            language,
            group,
            *topic,
        )

    def __str__(self) -> str:
        parts = [
            f"{self.organization_id}",
            self.kind.value,
            f"{self.first:%Y-%m}",
            f"{self.last:%Y-%m}",
            self.language,
            self.group,
            self.topic,
        ]
        return SEPARATOR.join(parts)

    @property
    def period(self) -> Period:
        """The months of the workbook."""
        if self.kind == PeriodKind.COMPARISON:
            return Period(self.kind, self.first, self.last)
        return period_of(self.kind, self.first)


def list_groups() -> list[str]:
    """Return the themes of the form that is in force, in its order."""
    form = ReturnForm.objects.in_force(month_of(today()))
    themes = name_themes(form.lines.all()) if form else {}
    return list(dict.fromkeys(themes.values()))


def group_at(text: str) -> str:
    """Return the theme with a number; "" for all of them."""
    groups = list_groups()
    return groups[int(text)] if text.isdecimal() and int(text) < len(groups) else ""
