"""Honours on the page of an organization and in the time line of a member."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from communities.models import Honour
from communities.permissions import can_keep_honours
from core.actors import Actor
from core.registries.page_sections import PageSection
from core.registries.timeline import Event, TimelineSource
from organizations.queries import code_items

SHOWN = 10
HONOURED = _("Honoured: %(honour)s (%(issuer)s)")


def describe_honours(record: Any, reader: Actor) -> Mapping[str, Any]:
    """Return the latest honours of an organization itself, with their levels."""
    levels = dict(code_items("honour_levels"))
    rows = Honour.objects.visible_to(reader).filter(organization=record, member=None)
    return {
        "place": record,
        "lines": [
            (row, levels.get(row.level, row.level))
            for row in rows.order_by("-awarded_on", "-pk")[:SHOWN]
        ],
        "keeps": can_keep_honours(reader, record),
        "list_url": f"{reverse('communities:honours')}?"
        f"{urlencode({'organization': record.pk})}",
    }


HONOURS_SECTION = PageSection(
    "communities.honours",
    "organizations.Organization",
    "communities/_honours.html",
    describe_honours,
)


def honour_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield an event for each honour of the member that the reader may see."""
    for row in Honour.objects.visible_to(user).filter(member=member.pk).order_by("pk"):
        values = {"honour": row.name, "issuer": row.issuer}
        yield Event(row.awarded_on, HONOURED % values, row.get_absolute_url())


HONOURS_IN_LIFE = TimelineSource("communities.honours", "members.Member", honour_events)
