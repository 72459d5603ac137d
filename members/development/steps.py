"""The steps on the way to membership, what each comes after and when it is due."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.months import months_after
from core.text import StrOrPromise
from members.enums import DevelopmentStepKind
from members.models import Development, DevelopmentStep
from organizations.enums import ThresholdKey
from organizations.models import Threshold

K = DevelopmentStepKind
Terms: TypeAlias = Mapping[ThresholdKey, Callable[[dt.date], int]]


def read_terms(*keys: ThresholdKey) -> Terms:
    """Return the numbers of some rules by their day, each read once."""
    return {key: Threshold.objects.read(key) for key in keys}


@dataclass(frozen=True, slots=True)
class Distance:
    """A number of months after another step; the number is a threshold with dates."""

    since: DevelopmentStepKind
    months: ThresholdKey

    def day_after(self, days: Mapping[str, dt.date], terms: Terms) -> dt.date | None:
        """Return the day so many months after the step, if it is on record."""
        since = days.get(self.since)
        return months_after(since, terms[self.months](since)) if since else None


@dataclass(frozen=True, slots=True)
class StepRule:
    """What a step comes after, from when on it may be taken, and by when it is due.

    Nothing is recorded later than `latest`: the rules have it done anew then. A
    `repeated` step may be recorded until the step `until` is.
    """

    kind: DevelopmentStepKind
    after: tuple[DevelopmentStepKind, ...] = ()
    earliest: Distance | None = None
    due: Distance | None = None
    latest: Distance | None = None
    until: DevelopmentStepKind | None = None


RULES = (
    StepRule(K.APPLIED),
    StepRule(K.TALKED, (K.APPLIED,), due=Distance(K.APPLIED, ThresholdKey.TALK_MONTHS)),
    StepRule(K.ACTIVIST, (K.TALKED,)),
    StepRule(
        K.REVIEWED,
        (K.ACTIVIST,),
        due=Distance(K.ACTIVIST, ThresholdKey.REVIEW_MONTHS),
        until=K.CANDIDATE,
    ),
    StepRule(
        K.CANDIDATE,
        (K.ACTIVIST,),
        earliest=Distance(K.ACTIVIST, ThresholdKey.CULTIVATION_MONTHS),
    ),
    StepRule(K.SCREENED, (K.CANDIDATE,)),
    StepRule(K.TRAINED, (K.CANDIDATE,)),
    StepRule(K.PRE_APPROVED, (K.SCREENED, K.TRAINED)),
    StepRule(
        K.MEETING,
        (K.PRE_APPROVED,),
        due=Distance(K.PRE_APPROVED, ThresholdKey.ADMITTING_MONTHS),
    ),
    StepRule(
        K.APPROVED,
        (K.MEETING,),
        due=Distance(K.MEETING, ThresholdKey.APPROVAL_MONTHS),
        latest=Distance(K.MEETING, ThresholdKey.APPROVAL_MONTHS_AT_MOST),
    ),
)
RULE_OF = {rule.kind: rule for rule in RULES}


def development_terms() -> Terms:
    """Return the numbers of all distances between steps."""
    distances = (d for rule in RULES for d in (rule.earliest, rule.due, rule.latest))
    return read_terms(*dict.fromkeys(d.months for d in distances if d))


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that can be recorded next: from when on, and by when it is due."""

    kind: DevelopmentStepKind
    earliest: dt.date | None = None
    due_on: dt.date | None = None

    def is_overdue(self, day: dt.date) -> bool:
        """Whether the step should have been taken before the day."""
        return self.due_on is not None and self.due_on < day

    def describe(self, day: dt.date) -> StrOrPromise:
        """Return what is to be done next, and by when, in words."""
        words: dict[str, StrOrPromise] = {"step": self.kind.label}
        if self.due_on is not None:
            words["day"] = format_day(self.due_on)
            if self.is_overdue(day):
                return _("%(step)s: overdue since %(day)s") % words
            return _("%(step)s: due by %(day)s") % words
        if self.earliest is not None and self.earliest > day:
            words["day"] = format_day(self.earliest)
            return _("%(step)s: possible from %(day)s on") % words
        return words["step"]


def days_of(steps: Iterable[DevelopmentStep]) -> dict[str, dt.date]:
    """Return the day of each step on record, by its kind; the last one of several."""
    return {step.kind: step.happened_on for step in steps}


def find_next_steps(row: Development, terms: Terms | None = None) -> list[NextStep]:
    """Return what can be recorded next of a person; nothing once it has ended.

    For many people, `terms` are read once.
    """
    if not row.is_open:
        return []
    return [*_next_steps(days_of(row.steps.all()), terms or development_terms())]


def _next_steps(days: Mapping[str, dt.date], terms: Terms) -> Iterator[NextStep]:
    for rule in RULES:
        is_over = (rule.until or rule.kind) in days
        if is_over or not {*rule.after} <= {*days}:
            continue
        due = rule.due
        if due is not None and rule.until is not None and rule.kind in days:
            due = Distance(rule.kind, due.months)
        yield NextStep(
            rule.kind,
            rule.earliest.day_after(days, terms) if rule.earliest else None,
            due.day_after(days, terms) if due else None,
        )


def is_ready_to_admit(row: Development) -> bool:
    """Whether every step is on record and only the member's own record is missing."""
    return row.is_open and K.APPROVED in days_of(row.steps.all())


def first_due(row: Development, terms: Terms) -> dt.date | None:
    """Return the earliest day by which something is due for a person."""
    days = [step.due_on for step in find_next_steps(row, terms) if step.due_on]
    return min(days, default=None)
