"""Invariants of members whom nobody managed."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import CaseState
from core.registries.invariants import Invariant, invariants
from members.models import PocketMember


def find_torn_pocket_cases() -> Iterator[str]:
    """Find matters that wait although their case is closed, or the other way round."""
    rows = PocketMember.objects.filter(
        Q(outcome="") & ~Q(case__state=CaseState.OPEN)
        | ~Q(outcome="") & Q(case__state=CaseState.OPEN)
    )
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield f"pocket member {pk}"


invariants.add(
    Invariant(
        "members.pocket",
        _("The matter of a member whom nobody manages waits as long as its case"),
        find_torn_pocket_cases,
    )
)
