"""Where the search for a member is dealt with: where the member belongs."""

from cases.actions import move_case
from core.actors import Actor
from members.models import LostContact, Member
from organizations.models import Organization


def follow_member(member: Member, to: Organization, *, by: Actor | None) -> None:
    """Let the search for a member go on at the place to which they now belong."""
    rows = LostContact.objects.open().filter(member=member.pk)
    for row in rows.select_related("case"):
        move_case(row.case, to, by=by)
