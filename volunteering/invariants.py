"""Invariants of shifts, claims and hours."""

from collections.abc import Iterator

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from core.registries.invariants import Invariant, invariants
from volunteering.enums import HOLDING, ClaimState, RecordState
from volunteering.models import Claim, ServiceRecord, Shift


def find_miscounted_shifts() -> Iterator[str]:
    """Find shifts whose counter differs from the number of claims holding a place."""
    held = Count("claims", filter=Q(claims__state__in=HOLDING))
    rows = Shift.objects.annotate(held=held).exclude(claimed=F("held")).order_by("pk")
    for pk, claimed, claims in rows.values_list("pk", "claimed", "held"):
        yield f"shift {pk}: claimed {claimed}, claims {claims}"


def find_hours_without_second_person() -> Iterator[str]:
    """Confirmed hours without two persons, neither of them who served."""
    alone = Q(confirmed_by=None) | Q(confirmed_by=F("recorded_by"))
    own = Q(member__user__isnull=False, confirmed_by=F("member__user"))
    rows = ServiceRecord.objects.confirmed().filter(alone | own).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"service record {pk}"


def find_claims_without_hours() -> Iterator[str]:
    """Find served claims without confirmed hours, or the other way round."""
    confirmed = Q(record__state=RecordState.CONFIRMED)
    served = Q(state=ClaimState.SERVED)
    rows = Claim.objects.filter(served ^ confirmed).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"claim {pk}"


invariants.add(
    Invariant(
        "volunteering.claimed",
        _("A shift's counter is the number of claims that hold a place."),
        find_miscounted_shifts,
    ),
    Invariant(
        "volunteering.two_persons",
        _(
            "Two people recorded and confirmed every hour, neither of them the one"
            " who served."
        ),
        find_hours_without_second_person,
    ),
    Invariant(
        "volunteering.served",
        _("A claim is served exactly when its hours are confirmed."),
        find_claims_without_hours,
    ),
)
