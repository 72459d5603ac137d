"""Try a decision out, and tell what would change, without changing anything."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.db.tree import ancestor_paths
from core.months import month_of, months_between, today
from core.numbers import MINUS
from organizations.calendars import calendar_of
from organizations.enums import FILING, OrganizationKind
from organizations.figure_preview import Figures, figure_preview, filed_returns
from organizations.findings import Finding, find_at
from organizations.mergers import Moving
from organizations.models import Organization

MISSING = "0"
MOST_MONTHS = 6
"""Counting a month takes seconds: of more open ones the latest are shown."""


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure of an open month that would change."""

    organization: str
    label: str
    before: str
    after: str

    @property
    def difference(self) -> Decimal:
        """By how much it changes."""
        return _number(self.after) - _number(self.before)


def _number(shown: str) -> Decimal:
    return Decimal(shown.replace(",", "").replace(MINUS, "-"))


@dataclass(frozen=True, slots=True)
class ChangedMonth:
    """An open month whose figures would change, the present one also where none does.

    `filed` are the returns of the month that were submitted before: they would no
    longer say what the records say, and have to be submitted anew.
    """

    month: dt.date
    figures: list[ChangedFigure]
    filed: list[str] = field(default_factory=list)

    def texts(self) -> Iterator[str]:
        """Yield by how much each figure changes, wherever it stands."""
        for one in self.figures:
            yield f"{self.month} {one.organization} {one.label} {one.difference}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would do: what moves, what lies below, which figures change.

    `findings` are what would not be as a regulation wants it, and is so today.
    """

    months: list[ChangedMonth]
    moving: list[Moving] = field(default_factory=list)
    below: list[Organization] = field(default_factory=list)
    beside: bool = False
    ending: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """What goes along, ends and lies below, row by row: see `lines_of`."""

    def texts(self) -> Iterator[str]:
        """Yield what the decision does: this must be as it was when it was looked at.

        Of a figure it is the difference. Where it stands is not the decision's doing:
        somebody who joins elsewhere in the street keeps nobody from deciding here.
        """
        yield str(self.beside)
        yield from self.lines
        # By name: one that is founded has another key each time it is tried out.
        yield from sorted(
            f"{one.rule.key} {one.organization.name}" for one in self.findings
        )
        yield from sorted(line for month in self.months for line in month.texts())

    def as_data(self) -> dict[str, Any]:
        """Return what the page of a decision shows of it, as plain values."""
        return {
            "moving": [{"words": m.words, "names": m.names} for m in self.moving],
            "below": [{"name": one.name} for one in self.below],
            "beside": self.beside,
            "ending": [str(one) for one in self.ending],
            "findings": [
                {
                    "organization": {"name": one.organization.name},
                    "rule": {
                        "label": str(one.rule.label),
                        "cites": str(one.rule.cites),
                    },
                }
                for one in self.findings
            ],
            "months": [
                {
                    "month": one.month.isoformat(),
                    "figures": [
                        {name: str(text) for name, text in asdict(figure).items()}
                        for figure in one.figures
                    ],
                    "filed": [str(filed) for filed in one.filed],
                }
                for one in self.months
            ],
        }


def lines_of(
    moving: Iterable[Moving], below: Iterable[Organization], ending: Iterable[str]
) -> Iterator[str]:
    """Yield what a decision takes along or ends, as it is called now."""
    for kind in moving:
        yield kind.words
        yield from sorted(f"{row.pk} {row}" for row in kind.rows)
    yield from sorted(f"{one.pk} {one.name}" for one in below)
    yield from sorted(ending)


def lies_beside_returns(kind: str, place: Organization) -> bool:
    """Whether what comes to lie at a place is in no community's return."""
    above = Organization.objects.filter(
        path__in=[*ancestor_paths(place.path), place.path]
    )
    return kind not in FILING and not above.communities().exists()


def try_out(
    run: Callable[[], Organization],
    concerned: Iterable[Organization],
    since: dt.date,
    *,
    keep: bool = False,
) -> tuple[list[ChangedMonth], list[Finding]]:
    """Run a decision, count each open month since, look at the rules, take it back.

    What is to be kept is not taken back. Raises the refusal of a decision that cannot
    be carried out.
    """
    read, rows = figure_preview.get(), [*concerned]
    ids, months = _with_ancestors(rows), _open_months(rows, since)
    before = {month: read(ids, month) for month in months}
    known = {(one.rule.key, one.organization.pk) for one in _find_at(rows)}
    with transaction.atomic():
        decided = run()
        found = _find_at([*rows, decided])
        ids = ids | _with_ancestors([decided])
        after = {month: read(ids, month) for month in months}
        named = Organization.objects.filter(pk__in=ids)
        names = dict(named.values_list("pk", "name"))
        transaction.set_rollback(not keep)
    changed = (_compare(month, before[month], after[month], names) for month in months)
    new = [one for one in found if (one.rule.key, one.organization.pk) not in known]
    return [one for one in changed if one.figures or one.month == months[-1]], new


def _find_at(organizations: Iterable[Organization]) -> list[Finding]:
    """Return the findings about organizations themselves, each once."""
    rows = {one.pk: one for one in organizations}
    return [found for one in rows.values() for found in find_at(one)]


def _open_months(concerned: Iterable[Organization], since: dt.date) -> list[dt.date]:
    """Return the months since a day that are not closed, the present one last.

    A decision takes effect on no day of a closed month, whose figures stay.
    """
    ids, present = [one.pk for one in concerned], month_of(today())
    calendar = calendar_of(ids)
    months = months_between(month_of(since), present)[-MOST_MONTHS:] or [present]
    return [
        month
        for month in months
        if month == present or not all(calendar.is_closed(pk, month) for pk in ids)
    ]


def _compare(
    month: dt.date, before: Figures, after: Figures, names: dict[int, str]
) -> ChangedMonth:
    """Return what differs in a month, and which returns of it say the former."""
    changed = [
        key
        for key in dict.fromkeys([*before, *after])
        if before.get(key, MISSING) != after.get(key, MISSING)
    ]
    figures = [
        ChangedFigure(
            names[pk], label, before.get(key, MISSING), after.get(key, MISSING)
        )
        for key in changed
        for pk, label in [key]
    ]
    filed = filed_returns.get()({pk for pk, _label in changed}, month)
    return ChangedMonth(month, figures, [*filed.values()])


def _with_ancestors(organizations: Iterable[Organization]) -> set[int]:
    """Return the keys of organizations and what lies above them, up to the street."""
    paths = {p for one in organizations for p in (*ancestor_paths(one.path), one.path)}
    rows = Organization.objects.filter(path__in=paths)
    rows = rows.exclude(kind=OrganizationKind.CITY)
    return set(rows.values_list("pk", flat=True))
