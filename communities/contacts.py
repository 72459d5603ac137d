"""Organization life as proof of contact (R-23)."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Max

from communities.models import Attendance
from core.contacts import ContactFacts, contact_facts


def last_attended(member_ids: Iterable[int]) -> Mapping[int, dt.date]:
    """The day each member was last at a meeting, with a vote or without."""
    rows = Attendance.objects.there().of_standing_meetings()
    return dict(
        rows.filter(member__in=list(member_ids))
        .order_by()
        .values_list("member")
        .annotate(last=Max("meeting__held_on"))
    )


contact_facts.add(ContactFacts("communities.attendance", last_attended))
