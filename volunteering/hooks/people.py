"""What this app says of members: who served in a round, how often, for a pledge."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db.models import Count, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.months import months_before, today
from core.registries.page_sections import PageSection, page_sections
from members.duplicates.merged import PERSON, own_or_merged, own_or_merged_in_subquery
from members.funnels import CHECKED_IN, FunnelStep, funnel_steps
from members.models import CheckInRound
from members.participation import Participation, participations
from volunteering.models import ServiceRecord

MONTHS_OF_SERVICE = 12
"""Over so many months a list tells how often members served."""
SHOWN_SERVICE = 10


def find_served(row: CheckInRound, keys: Iterable[int], times: int = 1) -> set[int]:
    """Return who served so often in the street within the days of the round."""
    rows = ServiceRecord.objects.confirmed().within(row.organization)
    rows = rows.filter(
        own_or_merged(keys),
        served_on__gte=row.starts_on,
        served_on__lt=row.ends_on,
    )
    people = rows.order_by().annotate(whose=PERSON).values("whose")
    counted = people.annotate(times=Count("pk")).filter(times__gte=times)
    return set(counted.values_list("whose", flat=True))


def count_service() -> Combinable:
    """Return how often a row's member served, confirmed, in the last twelve months."""
    since = months_before(today(), MONTHS_OF_SERVICE)
    rows = ServiceRecord.objects.confirmed().filter(served_on__gt=since)
    own: Any = rows.filter(own_or_merged_in_subquery()).order_by()
    own = own.annotate(whose=PERSON).values("whose")
    times = own.annotate(times=Count("pk")).values("times")
    return Coalesce(Subquery(times), 0)


participations.add(
    Participation("service", _("Served in the last twelve months"), count_service)
)
funnel_steps.add(
    FunnelStep(
        "served",
        _("Served"),
        find_served,
        share_of=CHECKED_IN,
        share_label=_("Served, in percent of checked in"),
    ),
    FunnelStep(
        "again",
        _("Served again"),
        partial(find_served, times=2),
        share_of="served",
        share_label=_("Served again, in percent of served"),
    ),
)


def describe_service_of_pledge(pledge: Any, reader: Actor) -> Mapping[str, Any]:
    """Return the confirmed service in the period of a member's promise (S4-12)."""
    rows = ServiceRecord.objects.confirmed().visible_to(reader)
    whose = pledge.member.merged_into_id or pledge.member_id
    rows = rows.of_member(whose).filter(
        served_on__gte=pledge.starts_on, served_on__lt=pledge.ends_on
    )
    latest = rows.select_related("claim__shift__post").order_by("-served_on", "-pk")
    total = rows.aggregate(hours=Sum("hours"), count=Count("pk"))
    return {**total, "records": list(latest[:SHOWN_SERVICE])}


page_sections.add(
    PageSection(
        "volunteering.pledge",
        "members.Pledge",
        "volunteering/_service_of_pledge.html",
        describe_service_of_pledge,
    )
)
