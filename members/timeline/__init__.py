"""Events of a member's timeline, by what they are about."""

from members.timeline import corrections, pledges  # noqa: F401 -- register their events
from members.timeline.absences import certificate_events, contact_events
from members.timeline.development import development_events, probation_events
from members.timeline.membership import ENDED, reads_reasons, voided_event
from members.timeline.opinions import opinion_events

__all__ = [
    "ENDED",
    "certificate_events",
    "contact_events",
    "development_events",
    "opinion_events",
    "probation_events",
    "reads_reasons",
    "voided_event",
]
