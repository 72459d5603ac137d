"""Who may open the pages of the members app."""

import datetime as dt

from members.actions import check_in, record_mobile
from members.enums import MobileKind
from tests.access_matrix.base import Access, answers

LONG_AGO = dt.date(2026, 1, 5)


def members(world):
    """A member of one's own street, and one of the other."""
    return [world.member.pk], [world.other_member.pk]


def away(world):
    """Both, recorded as away."""
    for member in (world.member, world.other_member):
        record_mobile(member, kind=MobileKind.WORKING_AWAY, by=None, on=LONG_AGO)
    return members(world)


def checked_in(world):
    """Both, checked in with their own communities."""
    check_in(world.member, world.community, by=None, on=LONG_AGO)
    check_in(world.other_member, world.other_community, by=None, on=LONG_AGO)
    return members(world)


def settled(world):
    """Nothing in the address; the member who reads is checked in."""
    check_in(world.member, world.community, by=None, on=LONG_AGO)
    return [], []


KEEPERS = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere", 302: "nobody"},
    otherwise=403,
)
OWN = answers(
    {200: "secretary staff", 302: "nobody", 403: "member branch_secretary"},
    otherwise=404,
)
FOREIGN = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)
ONESELF = answers({200: "member", 302: "nobody"}, otherwise=404)
ACCESS = {
    "members:list": Access(
        "get",
        answers(
            {
                200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere",
                302: "nobody",
            },
            otherwise=403,
        ),
    ),
    "members:admit": Access("get", KEEPERS),
    "members:find": Access("get", KEEPERS),
    "members:slips": Access("get", KEEPERS),
    "members:detail": Access(
        "get",
        answers(
            {200: "secretary branch_secretary staff", 302: "nobody", 403: "member"},
            otherwise=404,
        ),
        FOREIGN,
        args=members,
    ),
    "members:change": Access("get", OWN, FOREIGN, args=members),
    "members:move": Access("get", OWN, FOREIGN, args=members),
    "members:affiliate": Access("get", OWN, FOREIGN, args=members),
    "members:end": Access("get", OWN, FOREIGN, args=members),
    "members:away": Access("get", OWN, FOREIGN, args=members),
    "members:back": Access("get", OWN, FOREIGN, args=away),
    "members:void": Access("get", OWN, FOREIGN, args=members),
    "members:unmask": Access("get", OWN, FOREIGN, args=members),
    "members:slip": Access("post", OWN, FOREIGN, args=members),
    "members:check_out": Access(
        "get",
        answers(
            {200: "secretary staff", 302: "nobody", 403: "member branch_secretary"},
            otherwise=404,
        ),
        answers({200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404),
        args=checked_in,
    ),
    "members:me": Access("get", ONESELF),
    "members:check_in": Access("get", ONESELF, names_all=True),
    "members:skills": Access("get", ONESELF),
    "members:leave": Access(
        "post",
        answers({302: "nobody member"}, otherwise=404),
        args=settled,
    ),
}
