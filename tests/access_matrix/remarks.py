"""Who reads and keeps guarded remarks: the secretary, the street, and the member."""

from members.actions import check_in, record_remark
from members.models import GuardedRemark
from tests.access_matrix.base import Access, answers
from tests.access_matrix.members import members
from tests.factories.members import MemberFactory

KEEPS = answers({200: "secretary staff", 302: "nobody"}, otherwise=404)
KEEPS_ELSEWHERE = answers({200: "staff_elsewhere", 302: "nobody"}, otherwise=404)
UNITS = answers({200: "secretary staff staff_elsewhere", 302: "nobody"}, otherwise=403)
UNIT = answers(
    {
        200: "secretary staff",
        302: "nobody",
        403: "liaison officer",
    },
    otherwise=404,
)
UNIT_ELSEWHERE = answers(
    {200: "staff_elsewhere", 302: "nobody", 403: "clerk_elsewhere officer"},
    otherwise=404,
)
ONESELF = answers({200: "member", 302: "nobody"}, otherwise=404)
NOBODY_ELSE = answers({302: "nobody"}, otherwise=404)
HOST = answers(
    {200: "secretary staff", 302: "nobody", 403: "member branch_secretary"},
    otherwise=404,
)
HOST_OF_GUEST = answers({200: "secretary staff", 302: "nobody"}, otherwise=404)
HOST_ELSEWHERE = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)


def remarks(world):
    """A remark about a member of each street; one world has each once."""
    keys = []
    for member, place in (
        (world.member, world.community),
        (world.other_member, world.other_community),
    ):
        row = GuardedRemark.objects.filter(member=member).first()
        row = row or record_remark(
            member,
            place,
            kind="declined",
            happened_on=member.affiliations.first().starts_on,
            matter="清洁日志愿服务",
            by=None,
        )
        GuardedRemark.objects.filter(pk=row.pk).update(expires_on="2100-01-01")
        keys.append(row.pk)
    return [keys[0]], [keys[1]]


def listed(world):
    """Fill the list with a remark about the member of each street."""
    remarks(world)
    return [], []


def units(world):
    """A unit of each street."""
    return [world.unit.pk], [world.other_unit.pk]


def checked_in(world):
    """The members, each checked in with the community of their street."""
    for member, place in (
        (world.member, world.community),
        (world.other_member, world.other_community),
    ):
        if member.community_id is None:
            check_in(member, place, by=None)
    return members(world)


def guests(world):
    """Somebody checked in with a community of each street who belongs to nobody."""

    def make():
        made = []
        for place in (world.community, world.other_community):
            guest = MemberFactory(in_service=True, community=place)
            check_in(guest, place, by=None)
            made.append(guest.pk)
        return made

    own, other = world.once("guests", make)
    return [own], [other]


ACCESS = {
    "members:remarks": Access("get", KEEPS, KEEPS_ELSEWHERE, args=members),
    "members:record_remark": Access("get", KEEPS, KEEPS_ELSEWHERE, args=members),
    "members:settle_remark": Access("get", KEEPS, KEEPS_ELSEWHERE, args=remarks),
    "members:void_remark": Access("get", KEEPS, KEEPS_ELSEWHERE, args=remarks),
    "members:answer_remark": Access("get", ONESELF, NOBODY_ELSE, args=remarks),
    "members:unit_remarks": Access("get", UNITS),
    "members:member_remarks": Access("get", UNITS, args=listed),
    "members:record_unit_remark": Access("get", UNIT, UNIT_ELSEWHERE, args=units),
    "members:home_branch": Access("get", HOST_OF_GUEST, HOST_ELSEWHERE, args=guests),
    "members:willingness": Access("get", HOST, HOST_ELSEWHERE, args=checked_in),
}
