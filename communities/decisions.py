"""How far a decision has come, and the decisions of a body on its page."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from communities.models import Resolution, Sitting
from communities.permissions import can_keep_sittings
from core.actors import Actor
from core.months import today
from core.registries.page_sections import PageSection
from core.text import StrOrPromise

SHOWN = 10


def describe_state(row: Resolution) -> StrOrPromise:
    """Say whether a decision was adopted, is being carried out, is late or done."""
    if not row.is_adopted:
        return _("found no majority")
    if row.done_on is not None:
        return _("carried out")
    if row.due_on is not None and row.due_on < today():
        return _("overdue")
    return _("being carried out")


def describe_sittings(record: Any, reader: Actor) -> Mapping[str, Any]:
    """Return the latest sittings of a body, and its decisions with their state."""
    sittings = Sitting.objects.visible_to(reader).filter(body=record).with_counts()
    rows = Resolution.objects.visible_to(reader)
    decided: Any = rows.that_hold().with_sources()
    own = decided.filter(sitting__body=record).order_by("-day", "-pk")
    watched = decided.filter(watched_by=record).order_by("-day", "-pk")
    keeps = can_keep_sittings(reader, record)
    query = urlencode({"body": record.pk})
    return {
        "body": record,
        "keeps": keeps and record.voided_at is None and not record.is_over,
        "sittings": list(sittings.order_by("-held_on", "-pk")[:SHOWN]),
        "decisions": [(row, describe_state(row)) for row in own[:SHOWN]],
        "watched": [(row, describe_state(row)) for row in watched[:SHOWN]],
        "list_url": f"{reverse('communities:resolutions')}?{query}",
    }


SITTINGS_SECTION = PageSection(
    "communities.sittings",
    "communities.Body",
    "communities/_sittings.html",
    describe_sittings,
)
