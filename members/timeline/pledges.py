"""What a member promised and what came of it, in their timeline."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from core.actors import Actor
from core.registries.timeline import Event, TimelineSource, timeline_sources
from members.models import Pledge
from members.timeline.membership import LABEL, reads_reasons, voided_event


def pledge_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield when a promise began, and what came of it."""
    with_reason = reads_reasons(member, user)
    rows = Pledge.all_objects.filter(member=member.pk)
    visible = {*Pledge.objects.visible_to(user).filter(member=member.pk)}
    for row in rows:
        label = _("Pledge: %(text)s") % {"text": row.text}
        if voided := voided_event(row, label, with_reason=with_reason):
            yield voided
            continue
        url = row.get_absolute_url() if row in visible else ""
        yield Event(row.starts_on, label, url)
        if row.settled_on is not None:
            words = {"state": row.get_state_display(), "text": row.text}
            yield Event(row.settled_on, _("%(state)s: %(text)s") % words, url)


timeline_sources.add(TimelineSource("members.pledges", LABEL, pledge_events))
