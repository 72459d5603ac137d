"""Invariants of yearly appraisals."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from core.registries.invariants import Invariant, invariants
from members.enums import AppraisalPart, Grade
from members.models import AppraisalRound
from members.models.appraisal import most_excellent
from organizations.enums import ThresholdKey
from organizations.models import Threshold


def find_wrong_appraisals() -> Iterator[str]:
    """Find closed appraisals with too many excellent, or with grades missing (R-44)."""
    to_grade = Q(appraisals__part=AppraisalPart.GRADED)
    rows: Any = AppraisalRound.objects.closed().annotate(
        full=Count("appraisals", filter=to_grade),
        best=Count("appraisals", filter=Q(appraisals__grade=Grade.EXCELLENT)),
        left=Count(
            "appraisals",
            filter=to_grade & Q(appraisals__grade="", appraisals__no_grade=""),
        ),
    )
    share_on = Threshold.objects.read(ThresholdKey.EXCELLENT_SHARE)
    for row in rows.order_by("pk"):
        most = most_excellent(row.full, share_on(row.held_on))
        if row.left or row.best > most:
            yield f"appraisal {row.pk}: {row.best} of {row.full}, {row.left} missing"
        if row.held_on.year not in {row.year, row.year + 1}:
            yield f"appraisal {row.pk}: of {row.year}, held on {row.held_on}"


def find_appraisals_in_wrong_months() -> Iterator[str]:
    """Find closed appraisals that count before the month of their day."""
    rows = AppraisalRound.objects.closed().filter(
        Q(month__year__lt=F("held_on__year"))
        | Q(month__year=F("held_on__year"), month__month__lt=F("held_on__month"))
    )
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield f"appraisal {pk}"


invariants.add(
    Invariant(
        "members.appraisals",
        _("Closed appraisals are complete, with no more excellent ones than allowed"),
        find_wrong_appraisals,
    ),
    Invariant(
        "members.appraisal_months",
        _("Appraisals count in the month of their day or later"),
        find_appraisals_in_wrong_months,
    ),
)
