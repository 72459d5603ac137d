"""Invariants of cases."""

from collections.abc import Iterator

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.registries.invariants import Invariant, invariants


def find_early_escalations() -> Iterator[str]:
    """Find cases that were reported upwards before they were overdue."""
    for pk in Case.objects.filter(escalated_on__lte=F("due_on")).values_list("pk"):
        yield f"case {pk[0]}"


def find_cases_of_closed_places() -> Iterator[str]:
    """Find open cases of closed places, which nobody would look for."""
    rows = Case.objects.open().filter(organization__ended_on__isnull=False)
    for pk in rows.values_list("pk", flat=True):
        yield f"case {pk}"


invariants.add(
    Invariant(
        "cases.escalated",
        _("Only overdue cases were reported upwards"),
        find_early_escalations,
    ),
    Invariant(
        "cases.places",
        _("Every open case belongs to a place that exists"),
        find_cases_of_closed_places,
    ),
)
