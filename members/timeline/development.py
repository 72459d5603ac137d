"""Events of a member's timeline: the way to membership, and the probation."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from core.actors import Actor
from core.registries.timeline import Event, TimelineSource, timeline_sources
from members.models import Development, ProbationDecision
from members.timeline.membership import LABEL, reads_reasons, voided_event


def development_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield the steps by which somebody became a member."""
    rows = Development.objects.filter(member=member.pk)
    seen = {*Development.objects.visible_to(user).filter(member=member.pk)}
    for row in rows:
        url = row.get_absolute_url() if row in seen else ""
        for step in row.steps.all():
            yield Event(step.happened_on, step.get_kind_display(), url)


def probation_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield what was decided about the probation, and what was voided of it."""
    with_reason = reads_reasons(member, user)
    for row in ProbationDecision.all_objects.filter(member=member.pk):
        words = {"decision": row.get_outcome_display(), "number": row.number}
        label = _("%(decision)s, no. %(number)s") % words
        if voided := voided_event(row, label, with_reason=with_reason):
            yield voided
            continue
        if row.months:
            extended = _("%(decision)s (by %(months)s months)")
            label = extended % {"decision": label, "months": row.months}
        yield Event(row.approved_on, label)


timeline_sources.add(
    TimelineSource("members.development", LABEL, development_events),
    TimelineSource("members.probation", LABEL, probation_events),
)
