"""Meetings and seats in a member's timeline."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.enums import Presence
from communities.models import Attendance, BallotVotes, Body, Candidate, SeatHolding
from core.actors import Actor, scope_of
from core.registries.timeline import Event, TimelineSource, timeline_sources
from organizations.roles import MEETING_KEEPERS

ELSEWHERE = _("Came to a meeting elsewhere: %(place)s, %(kind)s")
LABELS = {
    Presence.PRESENT: _("Attended: %(kind)s, %(topic)s"),
    Presence.ABSENT: _("Absent from: %(kind)s, %(topic)s"),
    Presence.GUEST: _("Attended without a vote: %(kind)s, %(topic)s"),
}


def elsewhere_events(member: Any, user: Actor) -> Iterable[Event]:
    """Yield an event for each meeting elsewhere, for who keeps those at home (S4-07).

    They read that the member came, where and when, but nothing of the minutes. Who
    came themselves has it from the list already.
    """
    home, scope = member.organization, scope_of(user)
    if member.is_record_of(user) or home is None:
        return
    if not scope.has_role_over(home.path, MEETING_KEEPERS):
        return
    seen = Attendance.objects.visible_to(user).values("pk")
    rows = Attendance.objects.of_valid_meetings().guests().filter(member=member.pk)
    for row in rows.exclude(pk__in=seen).select_related("meeting__organization"):
        meeting = row.meeting
        words = {"place": meeting.organization, "kind": meeting.get_kind_display()}
        yield Event(meeting.held_on, ELSEWHERE % words, "")


def attendance_events(member: Any, user: Actor) -> Iterable[Event]:
    """Yield an event for each meeting that lists the member and the reader may see.

    Members read it of themselves as well: they were called, or came. Why they were
    absent stays on the list, whose page opens to who keeps the meetings alone.
    """
    listed = Attendance.objects.of_valid_meetings().filter(member=member.pk)
    kept = listed.visible_to(user)
    rows = listed if member.is_record_of(user) else kept
    opened = {*kept.values_list("pk", flat=True)}
    for row in rows.select_related("meeting__organization"):
        meeting, is_open = row.meeting, row.pk in opened
        is_elsewhere = row.presence == Presence.GUEST and not is_open
        label = ELSEWHERE if is_elsewhere else LABELS[Presence(row.presence)]
        words = {
            "kind": meeting.get_kind_display(),
            "topic": meeting.topic,
            "place": meeting.organization,
        }
        url = meeting.get_absolute_url() if is_open else ""
        yield Event(meeting.held_on, label % words, url)


TAKEN = _("Took a seat: %(body)s, %(seat)s")
LEFT = _("Left a seat: %(body)s, %(seat)s (%(reason)s)")


def seat_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield an event for each seat that the member took or left, if it may be seen.

    Whoever sees an entry because it is their own may not open the body's page.
    """
    rows = SeatHolding.objects.visible_to(user).filter(member=member.pk)
    held_in = Body.objects.filter(seats__holdings__member=member.pk)
    bodies = set(held_in.visible_to(user).values_list("pk", flat=True))
    for row in rows.select_related("seat__kind", "seat__body"):
        body = row.seat.body
        url = body.get_absolute_url() if body.pk in bodies else ""
        values = {"body": body.name, "seat": row.seat.kind.name}
        yield Event(row.starts_on, TAKEN % values, url)
        if row.ends_on is not None:
            reason = row.get_end_reason_display()
            yield Event(row.ends_on, LEFT % {**values, "reason": reason}, url)


STOOD = _("Stood for election: %(body)s, %(seat)s")
ELECTED = _("Elected: %(body)s, %(seat)s")


def election_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield an event for each counted election in which the member stood."""
    votes = BallotVotes.objects.of_elections_that_hold()
    votes = votes.filter(candidate__member=member.pk)
    elected = {row.candidate_id for row in votes if row.is_elected}
    rows = Candidate.objects.visible_to(user)
    rows = rows.filter(pk__in=votes.values("candidate"))
    for row in rows.select_related("kind", "election__body"):
        values = {"body": row.election.body.name, "seat": row.kind.name}
        label = ELECTED if row.pk in elected else STOOD
        url = row.election.get_absolute_url()
        yield Event(row.election.held_on, label % values, url)


timeline_sources.add(
    TimelineSource("communities.elections", "members.Member", election_events),
    TimelineSource("communities.meetings", "members.Member", attendance_events),
    TimelineSource("communities.elsewhere", "members.Member", elsewhere_events),
    TimelineSource("communities.seats", "members.Member", seat_events),
)
