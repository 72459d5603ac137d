"""Confirmed service in a member's timeline."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _

from core.actors import Actor
from core.registries.timeline import Event, TimelineSource, timeline_sources
from volunteering.models import ServiceRecord


def service_of(member: models.Model, user: Actor) -> Iterator[Event]:
    """Yield the member's service, as far as the reader may see it."""
    rows = ServiceRecord.objects.visible_to(user).confirmed().filter(member=member.pk)
    for record in rows.select_related("claim__shift__post"):
        words = {"title": record.claim.shift.post.title, "hours": record.hours}
        label = _("Served at “%(title)s”: %(hours)s hours") % words
        yield Event(record.served_on, label, record.get_absolute_url())


timeline_sources.add(TimelineSource("volunteering", "members.Member", service_of))
