"""How far a decision has come, and the decisions of a body on its page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from communities.decision_querysets import committee_meetings
from communities.enums import COMMITTEES, MeetingKind
from communities.models import Body, Meeting, Resolution, Sitting
from communities.permissions import can_keep_sittings
from core.actors import Actor
from core.dates import format_day
from core.months import today
from core.registries.page_sections import PageSection
from core.text import StrOrPromise

SHOWN = 10


def describe_state(row: Resolution) -> StrOrPromise:
    """Say whether a decision was adopted, is being carried out, is late or done."""
    if row.voided_at is not None:
        return _("voided")
    if row.source.voided_at is not None:
        return _("its meeting was voided")
    if not row.is_adopted:
        return _("found no majority")
    if row.done_on is not None:
        return _("carried out")
    if row.due_on is not None and row.due_on < today():
        return _("overdue")
    return _("being carried out")


def describe_finding(row: Resolution) -> str:
    """Return what the body that watches a decision found, and when."""
    if row.checked_on is None:
        return ""
    return f"{format_day(row.checked_on)}：{row.finding}"


def describe_sittings(record: Any, reader: Actor) -> Mapping[str, Any]:
    """Return the latest sittings of a body, and its decisions with their state."""
    sittings = Sitting.objects.visible_to(reader).filter(body=record).with_counts()
    rows = Resolution.objects.visible_to(reader)
    decided: Any = rows.that_hold().with_sources()
    own = decided.decided_by_body(record).order_by("-day", "-pk")
    watched = decided.filter(watched_by=record).order_by("-day", "-pk")
    keeps = can_keep_sittings(reader, record)
    meets = record.kind.code in COMMITTEES
    held: Any = Resolution.objects.filter(meeting=OuterRef("pk")).order_by()
    held = held.values("meeting").annotate(number=Count("pk")).values("number")
    meetings = Meeting.objects.visible_to(reader).filter(committee_meetings(record))
    query = urlencode({"body": record.pk})
    return {
        "body": record,
        "keeps": keeps and record.voided_at is None and not record.is_over,
        "record_url": record_meeting_url(record) if meets else "",
        "meetings": list(
            meetings.with_attendance()
            .annotate(decisions=Coalesce(Subquery(held), 0))
            .order_by("-held_on", "-pk")[:SHOWN]
        ),
        "sittings": list(sittings.order_by("-held_on", "-pk")[:SHOWN]),
        "decisions": [
            (row, describe_state(row), describe_finding(row)) for row in own[:SHOWN]
        ],
        "watched": [
            (row, describe_state(row), describe_finding(row)) for row in watched[:SHOWN]
        ],
        "list_url": f"{reverse('communities:resolutions')}?{query}",
    }


def record_meeting_url(body: Body) -> str:
    """Return where a meeting of a Party committee is entered: with those of members."""
    kind: dict[str, str | int] = {
        "organization": body.organization_id,
        "kind": MeetingKind.COMMITTEE.value,
    }
    return f"{reverse('communities:record')}?{urlencode(kind)}"


SITTINGS_SECTION = PageSection(
    "communities.sittings",
    "communities.Body",
    "communities/_sittings.html",
    describe_sittings,
)
