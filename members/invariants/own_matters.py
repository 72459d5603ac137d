"""Invariant of decisions about members: nobody decides in their own matter."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry
from core.registries.invariants import Invariant, invariants
from members.models import GuardedRemark, OpinionRequest, Pledge, ProposedCorrection

PERSON = Coalesce("member__merged_into__user", "member__user")
"""The account of whom a row is about."""
DECISIONS = (
    *("members.accept_pledge", "members.return_pledge", "members.settle_pledge"),
    *("members.settle_remark", "members.void_remark"),
    *("members.accept_correction", "members.decline_correction"),
)
"""What the audit log calls decisions about a pledge, a remark or a correction."""


def find_own_matters() -> Iterator[str]:
    """Find what somebody decided about themselves, or a place asked of itself."""
    opinions = OpinionRequest.objects.order_by("pk")
    for pk in _list_keys(
        opinions.annotate(whose=PERSON).filter(answered_by=F("whose"))
    ):
        yield f"opinion {pk}"
    own = Q(organization=F("case__organization")) & ~Q(opinion="")
    for pk in _list_keys(opinions.filter(own)):
        yield f"opinion {pk}: given to the place itself"
    remarks = GuardedRemark.all_objects.order_by("pk")
    for pk in _list_keys(_decided_by_oneself(remarks)):
        yield f"guarded remark {pk}"
    pledges = Pledge.objects.order_by("pk")
    for pk in _list_keys(_decided_by_oneself(pledges)):
        yield f"pledge {pk}"
    corrections = ProposedCorrection.objects.order_by("pk")
    for pk in _list_keys(_decided_by_oneself(corrections)):
        yield f"proposed correction {pk}"


def _list_keys(rows: QuerySet[Any]) -> Any:
    return rows.values_list("pk", flat=True)


def _decided_by_oneself(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return rows that the audit log says were decided by whom they are about."""
    entries = AuditEntry.objects.order_by().filter(
        subject_type=rows.model._meta.label,
        subject_id=Cast(OuterRef("pk"), CharField()),
        action__in=DECISIONS,
        actor=OuterRef("whose"),
    )
    found: QuerySet[Any] = rows.annotate(whose=PERSON)
    return found.filter(Exists(entries), whose__isnull=False)


invariants.add(
    Invariant(
        "members.own_matters",
        _(
            "Nobody decided in their own matter: opinions, guarded remarks, pledges,"
            " corrections"
        ),
        find_own_matters,
    )
)
