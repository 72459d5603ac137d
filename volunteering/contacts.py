"""Confirmed service as proof of contact (R-23)."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Max

from core.contacts import ContactFacts, contact_facts
from volunteering.models import ServiceRecord


def last_service(member_ids: Iterable[int]) -> Mapping[int, dt.date]:
    """The day of each member's last confirmed service."""
    rows = ServiceRecord.objects.confirmed().filter(member_id__in=list(member_ids))
    latest = rows.order_by().values("member_id").annotate(day=Max("served_on"))
    return dict(latest.values_list("member_id", "day"))


contact_facts.add(ContactFacts("volunteering", last_service))
