"""Invariants of merged records."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.registries.invariants import Invariant, invariants
from members.models import Affiliation, Member, MemberMerge


def find_broken_merges() -> Iterator[str]:
    """Find merged records without the one that stays, or without their merging."""
    merged = Member.all_objects.exclude(merged_into=None).order_by("pk")
    into_nobody = merged.exclude(merged_into__voided_at=None)
    for pk in into_nobody.values_list("pk", flat=True):
        yield f"member {pk}: merged into a record that counts for nobody"
    standing = MemberMerge.objects.standing()
    unsaid = merged.exclude(pk__in=standing.order_by().values("duplicate"))
    for pk in unsaid.values_list("pk", flat=True):
        yield f"member {pk}: merged without a merging on record"
    differing = standing.filter(
        Q(duplicate__merged_into=None) | ~Q(duplicate__merged_into=F("kept"))
    )
    for pk in differing.values_list("pk", flat=True):
        yield f"merging {pk}: its record stands elsewhere"


def find_people_in_two_places() -> Iterator[str]:
    """Find days on which one person belongs somewhere by two merged records (R-11)."""
    merged = Affiliation.objects.exclude(member__merged_into=None)
    rows = merged.values_list(
        *("pk", "starts_on", "ends_on", "member__merged_into"), named=False
    )
    for pk, starts_on, ends_on, kept in rows.order_by("pk"):
        same_days = Q(ends_on=None) | Q(ends_on__gt=starts_on)
        if ends_on is not None:
            same_days &= Q(starts_on__lt=ends_on)
        person = Q(member=kept) | Q(member__merged_into=kept)
        others = Affiliation.objects.filter(person, same_days).exclude(pk=pk)
        for other in others.values_list("pk", flat=True):
            yield f"affiliation {pk}: {other}"


invariants.add(
    Invariant(
        "members.merges",
        _("Every merged record says into which one that stands"),
        find_broken_merges,
    ),
    Invariant(
        "members.merged_days",
        _("Nobody belongs to two places on one day by two merged records"),
        find_people_in_two_places,
    ),
)
