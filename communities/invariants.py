"""What must always be true of meetings."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from communities.models import Attendance, Meeting
from core.months import month_of
from core.registries.invariants import Invariant, invariants


def counted_early() -> Iterator[str]:
    """Meetings that count in a month before they were held."""
    for pk, month, held_on in Meeting.objects.values_list("pk", "month", "held_on"):
        if month < month_of(held_on):
            yield f"meeting {pk}: {month:%Y-%m} / {held_on}"


def chaired_from_afar() -> Iterator[str]:
    """Meetings whose chair or writer of the minutes was not there."""
    there = Attendance.objects.there().filter(meeting=OuterRef("pk"))
    for name in ("chair", "recorder"):
        listed = Exists(there.filter(member=OuterRef(name)))
        for pk in Meeting.objects.filter(~listed).values_list("pk", flat=True):
            yield f"meeting {pk}: {name}"


def decided_by_few() -> Iterator[str]:
    """Decisions of half or less of those who vote (R-47)."""
    for pk in Meeting.objects.decided_without_quorum().values_list("pk", flat=True):
        yield f"meeting {pk}"


invariants.add(
    Invariant(
        "communities.months",
        _("Every meeting counts in its own month or in a later one"),
        counted_early,
    ),
    Invariant(
        "communities.officers",
        _("Whoever chaired a meeting or wrote its minutes was there"),
        chaired_from_afar,
    ),
    Invariant(
        "communities.quorum",
        _("Every decision had more than half of the votes present"),
        decided_by_few,
    ),
)
