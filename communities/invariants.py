"""Invariants of meetings and projects."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from communities.models import Attendance, Meeting, Project
from core.months import month_of
from core.registries.invariants import Invariant, invariants
from organizations.calendars import calendar_of


def find_meetings_counted_early() -> Iterator[str]:
    """Find meetings that count in a month before they were held."""
    for pk, month, held_on in Meeting.objects.values_list("pk", "month", "held_on"):
        if month < month_of(held_on):
            yield f"meeting {pk}: {month:%Y-%m} / {held_on}"


def find_absent_officers() -> Iterator[str]:
    """Find meetings whose chair or recorder was not present."""
    there = Attendance.objects.attended().filter(meeting=OuterRef("pk"))
    for name in ("chair", "recorder"):
        listed = Exists(there.filter(member=OuterRef(name)))
        for pk in Meeting.objects.filter(~listed).values_list("pk", flat=True):
            yield f"meeting {pk}: {name}"


def find_decisions_without_quorum() -> Iterator[str]:
    """Find decisions taken by half of the voters or fewer (R-47)."""
    for pk in Meeting.objects.decided_without_quorum().values_list("pk", flat=True):
        yield f"meeting {pk}"


def find_meetings_held_without_quorum() -> Iterator[str]:
    """Find meetings that an open month counts though they had no quorum (R-47)."""
    rows = list(Meeting.objects.held().without_quorum().select_related("organization"))
    calendar = calendar_of({row.organization_id for row in rows})
    for row in rows:
        if not calendar.is_closed(row.organization_id, row.month):
            yield f"meeting {row.pk}"


def find_voided_projects_in_use() -> Iterator[str]:
    """Find rows that name a project which was voided in the same second."""
    for relation in Project._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        rows = model._default_manager.filter(**{f"{name}__voided_at__isnull": False})
        for pk in rows.values_list("pk", flat=True):
            yield f"{model._meta.label} {pk}"


invariants.add(
    Invariant(
        "communities.months",
        _("Every meeting counts in its own month or in a later one"),
        find_meetings_counted_early,
    ),
    Invariant(
        "communities.officers",
        _("The chair and the recorder of every meeting were present"),
        find_absent_officers,
    ),
    Invariant(
        "communities.quorum",
        _("Every decision had more than half of the votes present"),
        find_decisions_without_quorum,
    ),
    Invariant(
        "communities.held",
        _("No open month counts a meeting that had no quorum"),
        find_meetings_held_without_quorum,
    ),
    Invariant(
        "communities.voided_projects",
        _("No record names a voided project"),
        find_voided_projects_in_use,
    ),
)
