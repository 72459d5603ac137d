"""Opinions about a member in their timeline, for those who share them."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from core.actors import Actor
from core.registries.timeline import Event, TimelineSource, timeline_sources
from members.models import OpinionRequest


def opinion_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield when an opinion was asked for, and what the place said."""
    rows = OpinionRequest.objects.visible_to(user).filter(member=member.pk)
    for row in rows.with_case().order_by("pk"):
        url, words = row.get_absolute_url(), {"asker": row.asker}
        words["kind"] = row.case.kind.name
        label = _("%(asker)s asked for an opinion: %(kind)s") % words
        yield Event(row.case.opened_on, label, url)
        if row.answered_on is not None:
            words = {"place": str(row.case.organization)}
            words["opinion"] = str(row.get_opinion_display())
            label = _("Opinion of %(place)s: %(opinion)s") % words
            yield Event(row.answered_on, label, url)


timeline_sources.add(
    TimelineSource("members.opinions", "members.Member", opinion_events)
)
