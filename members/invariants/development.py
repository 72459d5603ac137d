"""Invariants of the way to membership and of decisions on probations."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.registries.invariants import Invariant, invariants
from members.development.steps import RULE_OF, days_of
from members.enums import (
    DevelopmentState,
    DevelopmentStepKind,
    ProbationOutcome,
    Standing,
)
from members.models import Development, ProbationDecision

K = DevelopmentStepKind


def find_developments_out_of_order() -> Iterator[str]:
    """Find people whose steps are not in order, or not what their record copies."""
    rows = Development.objects.defer("id_number", "phone").prefetch_related("steps")
    for row in rows.order_by("pk").iterator(chunk_size=500):
        days = days_of(row.steps.all())
        copied = (days.get(K.APPLIED), days.get(K.ACTIVIST), days.get(K.CANDIDATE))
        if copied != (row.applied_on, row.activist_on, row.candidate_on):
            yield f"development {row.pk}: days of stages"
        for kind, day in days.items():
            before = [days.get(name) for name in RULE_OF[K(kind)].after]
            if any(earlier is None or earlier > day for earlier in before):
                yield f"development {row.pk}: {kind}"
        if row.state == DevelopmentState.ADMITTED and K.APPROVED not in days:
            yield f"development {row.pk}: not approved"


def find_undone_probation_decisions() -> Iterator[str]:
    """Find decisions that the member's record does not show: still on probation."""
    rows = ProbationDecision.objects.filter(
        Q(outcome=ProbationOutcome.PASSED, member__standing=Standing.PROBATIONARY)
        | Q(outcome=ProbationOutcome.CANCELLED, member__ended_on=None)
    ).filter(member__join_date=F("started_on"), member__voided_at=None)
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield f"probation decision {pk}"


invariants.add(
    Invariant(
        "members.developments",
        _("The steps of whoever is on the way to membership are in order"),
        find_developments_out_of_order,
    ),
    Invariant(
        "members.probations",
        _("What was decided about a probation shows in the member's record"),
        find_undone_probation_decisions,
    ),
)
