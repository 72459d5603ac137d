"""What a member proposed to correct and what came of it, in their timeline."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from core.actors import Actor
from core.registries.timeline import Event, TimelineSource, timeline_sources
from members.models import ProposedCorrection
from members.timeline.membership import LABEL


def correction_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield what was proposed, never the value, and what was decided."""
    rows = ProposedCorrection.objects.visible_to(user).filter(member=member.pk)
    for row in rows.defer("value").order_by("pk"):
        words = {"field": row.get_field_display(), "state": row.get_state_display()}
        url = row.get_absolute_url()
        yield Event(row.proposed_on, _("Correction proposed: %(field)s") % words, url)
        if row.decided_on is not None:
            label = _("Proposed correction of %(field)s: %(state)s") % words
            yield Event(row.decided_on, label, url)


timeline_sources.add(TimelineSource("members.corrections", LABEL, correction_events))
