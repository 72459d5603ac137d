"""What a month cost a place and what lies below it, counted from the rows."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from core.db.querysets import Node
from core.db.tree import STEP
from core.months import last_day, shift_month
from core.numbers import percent_of
from organizations.models import Organization
from reports.enums import ReturnState
from reports.models import (
    MonthlyReturn,
    ReturnComment,
    ReturnLine,
    ReturnSubmission,
    SuperiorRequest,
)

SHEET = "sheet"
FEWEST_RETURNS = 3
"""Of fewer returns no time is shown: everybody would know whose it is."""
FEWEST_TASKS = 3
"""Of fewer tasks no hours are shown: they would be those of whoever did them."""
MONTHS_SHOWN = 12


@dataclass(slots=True)
class Burden:
    """The counts of one place in one month.

    `tasks` came from above, `sheets` of them ask for a form; `late` are not done though
    their day has passed; `minutes` were said of `timed` of them. `computed` and `typed`
    are numbers of returns: those that the records gave, and those that somebody
    reported otherwise. `sent_back` counts returns each time they went back, `comments`
    what the street asked about single numbers.
    """

    tasks: int = 0
    sheets: int = 0
    late: int = 0
    minutes: int = 0
    timed: int = 0
    computed: int = 0
    typed: int = 0
    sent_back: int = 0
    comments: int = 0

    def __add__(self, other: "Burden") -> "Burden":
        return Burden(
            *(getattr(self, f.name) + getattr(other, f.name) for f in fields(self))
        )

    @property
    def hours(self) -> float | None:
        """What the tasks took, where somebody said so of enough of them."""
        return hours_of(self.minutes, self.timed)

    @property
    def filled_share(self) -> Decimal | None:
        """The numbers that filled themselves, in per cent of all; None of none."""
        return percent_of(Decimal(self.computed), Decimal(self.computed + self.typed))


@dataclass(frozen=True, slots=True)
class PlaceBurden:
    """A place with its counts; without a place, what no child contributes."""

    place: Organization
    burden: Burden


def count_by_child(
    place: Organization, month: dt.date, day: dt.date
) -> tuple[Burden, list[PlaceBurden]]:
    """Return the counts of a place, and those of each street or community below it.

    The queries do not grow with the places; rows count where their place lies today.
    """
    counts: defaultdict[str, Burden] = defaultdict(Burden)
    depth = len(place.path) + STEP
    for path, burden in _count(place, month, day):
        counts[path[:depth]] += burden
    below = Organization.objects.open().filter(parent=place.pk).order_by("path")
    children = below.communities() | below.streets()
    lines = [PlaceBurden(child, counts[child.path]) for child in children]
    return sum(counts.values(), Burden()), lines


def _count(place: Node, month: dt.date, day: dt.date) -> Iterable[tuple[str, Burden]]:
    """Yield partial counts with the path of the place that they belong to."""
    tasks = requests_of(place, month)
    rows = _by_path(
        tasks,
        "organization__path",
        tasks=Count("pk"),
        sheets=Count("pk", filter=Q(kind=SHEET)),
        late=Count("pk", filter=Q(done_on=None, due_on__lt=day)),
        minutes=Sum("minutes", default=0),
        timed=Count("minutes"),
    )
    yield from rows
    path = "monthly_return__organization__path"
    in_month = {"monthly_return__month": month}
    yield from _by_path(
        ReturnLine.objects.within(place).filter(**in_month),
        path,
        computed=Count("pk", filter=Q(reported=F("computed"))),
        typed=Count("pk", filter=~Q(reported=F("computed"))),
    )
    yield from _by_path(
        ReturnSubmission.objects.within(place)
        .filter(**in_month)
        .exclude(returned_for=""),
        path,
        sent_back=Count("pk"),
    )
    yield from _by_path(
        MonthlyReturn.objects.within(place).filter(
            month=month, state=ReturnState.RETURNED
        ),
        "organization__path",
        sent_back=Count("pk"),
    )
    yield from _by_path(
        ReturnComment.objects.within(place).filter(**in_month),
        path,
        comments=Count("pk"),
    )


def _by_path(
    rows: QuerySet[Any], path: str, **counted: Any
) -> Iterable[tuple[str, Burden]]:
    # Not under their own names: those are columns that other counts ask for.
    named = {f"counted_{name}": count for name, count in counted.items()}
    for row in rows.order_by().values(at=F(path)).annotate(**named):
        yield row["at"], Burden(**{name: row[f"counted_{name}"] for name in counted})


def requests_of(place: Node, month: dt.date) -> Any:
    """Return the tasks that came to a place, or below it, in a month."""
    rows = SuperiorRequest.objects.within(place)
    return rows.received_in(month, last_day(month))


def count_by_source(place: Node, month: dt.date) -> Mapping[str, Counter[str]]:
    """Return how many tasks came from each source, by what they ask for."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rows = requests_of(place, month).order_by().values("source", "kind")
    for row in rows.annotate(count=Count("pk")):
        counts[row["source"]][row["kind"]] = row["count"]
    return counts


def hours_by_source(place: Node, month: dt.date) -> Mapping[str, float | None]:
    """Return how many hours the tasks of each source took, where enough are known."""
    rows = requests_of(place, month).order_by().exclude(minutes=None)
    sums = rows.values_list("source").annotate(taken=Sum("minutes"), timed=Count("pk"))
    return {source: hours_of(taken, timed) for source, taken, timed in sums}


def hours_of(minutes: int, timed: int) -> float | None:
    """Return hours of so many tasks; None of few, whose time is that of one person."""
    return round(minutes / 60, 1) if timed >= FEWEST_TASKS else None


def count_by_month(place: Node, month: dt.date) -> list[tuple[dt.date, int]]:
    """Return how many tasks came in each of the last twelve months, the month last."""
    months = [shift_month(month, -n) for n in reversed(range(MONTHS_SHOWN))]
    rows = SuperiorRequest.objects.within(place)
    days = rows.received_in(months[0], last_day(month)).order_by()
    counts = Counter(
        day.replace(day=1) for day in days.values_list("received_on", flat=True)
    )
    return [(one, counts[one]) for one in months]


def median_minutes(place: Node, month: dt.date) -> int | None:
    """Return the median time from opening a return to submitting it.

    None where too few returns are known: one community is one secretary. Time of
    several submissions of one return is added up.
    """
    rows = ReturnSubmission.objects.within(place).exclude(minutes=None).order_by()
    taken = (
        rows.filter(monthly_return__month=month)
        .values_list("monthly_return")
        .annotate(taken=Sum("minutes"))
    )
    minutes = [each for _row, each in taken]
    return round(median(minutes)) if len(minutes) >= FEWEST_RETURNS else None


def why_sent_back(place: Node, month: dt.date) -> list[tuple[MonthlyReturn, str]]:
    """Return each return that went back in a month, with the street's reason."""
    rows = MonthlyReturn.objects.within(place).filter(month=month)
    found: list[tuple[MonthlyReturn, str]] = []
    for row in rows.select_related("organization").prefetch_related("submissions"):
        reasons = [one.returned_for for one in row.submissions.all()]
        if row.state == ReturnState.RETURNED:
            reasons.append(row.return_reason)
        found += [(row, reason) for reason in reasons if reason]
    return found
