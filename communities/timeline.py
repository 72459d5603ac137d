"""Attended and missed meetings in a member's timeline."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.enums import Presence
from communities.models import Attendance
from core.actors import Actor
from core.registries.timeline import Event, TimelineSource, timeline_sources

LABELS = {
    Presence.PRESENT: _("Attended: %(kind)s, %(topic)s"),
    Presence.ABSENT: _("Absent from: %(kind)s, %(topic)s"),
    Presence.GUEST: _("Attended without a vote: %(kind)s, %(topic)s"),
}


def attendance_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield an event for each meeting that lists the member and the reader may see."""
    rows = Attendance.objects.visible_to(user).of_valid_meetings()
    for row in rows.filter(member=member.pk).select_related("meeting"):
        values = {"kind": row.meeting.get_kind_display(), "topic": row.meeting.topic}
        yield Event(
            row.meeting.held_on,
            LABELS[Presence(row.presence)] % values,
            row.meeting.get_absolute_url(),
        )


timeline_sources.add(
    TimelineSource("communities.meetings", "members.Member", attendance_events)
)
