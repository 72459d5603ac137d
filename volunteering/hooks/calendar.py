"""A member's shifts for their calendar."""

import datetime as dt
from collections.abc import Iterator

from core.actors import Actor, scope_of
from core.calendar_text import Appointment
from core.registries.calendar import CalendarSource, calendar_sources
from volunteering.enums import ClaimState
from volunteering.models import Claim


def claimed_shifts(user: Actor, day: dt.date) -> Iterator[Appointment]:
    """Yield the shifts that the member claimed, with time and meeting point."""
    own = Claim.objects.of_member(scope_of(user).member_id)
    claims = own.filter(state=ClaimState.ACTIVE, shift__starts_at__date__gte=day)
    for claim in claims.select_related("shift__post__organization").order_by("pk"):
        shift = claim.shift
        yield Appointment(
            key=f"claim {claim.pk}",
            title=shift.post.title,
            starts=shift.starts_at,
            ends=shift.ends_at,
            place=f"{shift.post.organization} {shift.meeting_point}",
            url=claim.get_absolute_url(),
        )


calendar_sources.add(CalendarSource("volunteering.claims", claimed_shifts))
