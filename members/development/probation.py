"""When the probation of members ends, and whose is over without a decision (R-32)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.months import months_after
from core.text import StrOrPromise
from members.development.steps import Terms, read_terms
from members.enums import Standing
from members.models import Member, ProbationDecision
from organizations.enums import ThresholdKey


@dataclass(frozen=True, slots=True)
class Probation:
    """The probation of one member: until when it runs, and for how long extended."""

    member: Member
    due_on: dt.date | None
    extended: int
    notice_from: dt.date | None

    def is_over(self, day: dt.date) -> bool:
        """Whether it has run out and nothing is decided."""
        return self.due_on is not None and self.due_on <= day

    def ends_soon(self, day: dt.date) -> bool:
        """Whether it runs out so soon that the decision is to be prepared."""
        soon = self.notice_from is not None and self.notice_from <= day
        return soon and not self.is_over(day)

    def describe(self, day: dt.date) -> StrOrPromise:
        """Return how the probation stands, in words."""
        if self.due_on is None:
            return _("Day of joining not recorded")
        if self.is_over(day):
            return _("Over, nothing decided")
        return _("Ends soon") if self.ends_soon(day) else _("On probation")


def probation_terms() -> Terms:
    """Return how long a probation is, and how early its end is pointed out."""
    return read_terms(ThresholdKey.PROBATION_MONTHS, ThresholdKey.PROBATION_NOTICE)


def probation_of(member: Member, terms: Terms | None = None) -> Probation:
    """Return the probation of a probationary member; for many, read `terms` once."""
    terms = terms or probation_terms()
    started_on = member.join_date
    extended = sum(
        row.months or 0
        for row in member.probation_decisions.all()
        if row.months and row.started_on == started_on
    )
    if started_on is None:
        return Probation(member, None, extended, None)
    months = terms[ThresholdKey.PROBATION_MONTHS](started_on) + extended
    due_on = months_after(started_on, months)
    notice = terms[ThresholdKey.PROBATION_NOTICE](due_on)
    return Probation(member, due_on, extended, months_after(due_on, -notice))


def list_probations(user: Actor) -> list[Probation]:
    """Return the probations that run in the reader's area, the first to end first."""
    rows: Any = Member.objects.on_rolls(user).filter(standing=Standing.PROBATIONARY)
    decisions = Prefetch("probation_decisions", ProbationDecision.objects.extensions())
    terms = probation_terms()
    found = [
        probation_of(member, terms)
        for member in rows.select_related("organization")
        .defer("id_number", "phone")
        .prefetch_related(decisions)
        .order_by("join_date", "sort_key", "pk")
    ]
    return sorted(found, key=lambda one: one.due_on or dt.date.min)
