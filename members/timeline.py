"""Events of a member's timeline."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from core.actors import Actor
from core.registries.timeline import Event, TimelineSource, timeline_sources
from members.models import Affiliation, CheckIn, MobileRecord


def affiliation_events(member: models.Model, _user: Actor) -> Iterable[Event]:
    """Yield the beginnings and ends of affiliations, with reasons."""
    rows = Affiliation.objects.filter(member=member.pk).select_related("organization")
    for row in rows:
        place = row.organization.name
        reason = row.get_start_reason_display()
        yield Event(row.starts_on, f"{place} · {reason}")
        if row.ends_on is not None:
            yield Event(row.ends_on, f"{place} · {row.get_end_reason_display()}")


def check_in_events(member: models.Model, _user: Actor) -> Iterable[Event]:
    """Yield the beginnings and ends of check-ins."""
    for row in CheckIn.objects.filter(member=member.pk).select_related("community"):
        place = row.community.name
        yield Event(row.starts_on, _("Checked in at %(place)s") % {"place": place})
        if row.ends_on is not None:
            why = f" · {row.get_end_reason_display()}" if row.end_reason else ""
            left = _("Left %(place)s again") % {"place": place}
            yield Event(row.ends_on, f"{left}{why}")


def absence_events(member: models.Model, _user: Actor) -> Iterable[Event]:
    """Yield absences without a transfer, and returns."""
    for row in MobileRecord.objects.filter(member=member.pk):
        kind = row.get_kind_display()
        yield Event(row.starts_on, _("Away: %(kind)s") % {"kind": kind})
        if row.ends_on is not None:
            yield Event(row.ends_on, _("Back again"))


LABEL = "members.Member"
timeline_sources.add(
    TimelineSource("members.affiliations", LABEL, affiliation_events),
    TimelineSource("members.check_ins", LABEL, check_in_events),
    TimelineSource("members.absences", LABEL, absence_events),
)
