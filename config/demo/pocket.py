"""Made-up members of a community whom nobody manages, as the list finds them."""

from config.demo.life import CommunityStaff
from config.demo.names import People
from core.months import months_before
from members.actions import record_mobile, take_pocket_member
from members.enums import MobileKind
from members.models import Member
from organizations.models import Organization


def lose_sight(community: Organization, people: People, staff: CommunityStaff) -> None:
    """Let two members be away for long without contact; take up one of them."""
    here = Member.objects.belonging_to(community).filter(standing="full", user=None)
    free = here.filter(transfers=None, mobile_records=None, lost_contacts=None)
    since = months_before(people.today, 14)
    members = [
        member
        for member in free.order_by("sort_key", "pk")[:12]
        if (known := member.known_since()) is not None and known < since
    ][:2]
    for member, kind in zip(
        members, (MobileKind.MOVED_HOME, MobileKind.AWAITING), strict=False
    ):
        record_mobile(member, kind=kind, on=since, by=staff.secretary)
    if members:
        user = staff.secretary
        take_pocket_member(members[0], by=user, owner=user)
