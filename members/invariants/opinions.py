"""Invariants of opinions that are asked for."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import CaseState
from core.registries.invariants import Invariant, invariants
from members.models import OpinionRequest


def find_torn_opinions() -> Iterator[str]:
    """Find questions that wait although their case is closed, or the other way."""
    waits = Q(opinion="", withdrawn_on=None)
    rows = OpinionRequest.objects.filter(
        waits & ~Q(case__state=CaseState.OPEN) | ~waits & Q(case__state=CaseState.OPEN)
    )
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield f"opinion {pk}"


def find_opinions_of_other_kinds() -> Iterator[str]:
    """Find opinions whose case is of a kind that asks for none."""
    rows = OpinionRequest.objects.filter(case__kind__asks_opinion=False)
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield f"opinion {pk}"


invariants.add(
    Invariant(
        "members.opinions",
        _("A question for an opinion waits as long as its case"),
        find_torn_opinions,
    ),
    Invariant(
        "members.opinion_kinds",
        _("Opinions are asked for by kinds that ask for opinions"),
        find_opinions_of_other_kinds,
    ),
)
