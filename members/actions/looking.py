"""Reading a member's numbers in full: always noted, never by the heap."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.actions import note_access
from accounts.models import AccessEntry, User
from members.errors import TooManyLooks
from members.models import Member

LOOKS_AN_HOUR = 20
UNMASK, LOOK, FOUND = "members.unmask", "members.look", "members.find_by_number"


def note_look(member: Member, *, by: User, deed: str = LOOK) -> None:
    """Keep for good who looked at a member's record, or found it by the number."""
    note_access(
        deed,
        member,
        by=by,
        organization_id=member.organization_id or member.community_id,
    )


@transaction.atomic
def unmask(member: Member, number: str, *, by: User, reason: str) -> str:
    """Return one of the member's numbers in full, and note who asked and why."""
    since = timezone.now() - dt.timedelta(hours=1)
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if (
        AccessEntry.objects.filter(actor=by, deed=UNMASK, at__gte=since).count()
        >= LOOKS_AN_HOUR
    ):
        raise TooManyLooks(limit=LOOKS_AN_HOUR)
    note_access(
        UNMASK,
        member,
        by=by,
        organization_id=member.organization_id or member.community_id,
        reason=reason,
        details={"number": number},
    )
    return str(getattr(member, number) or "")
