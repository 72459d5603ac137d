"""Doors of the members app."""

import datetime as dt

from members.actions import check_in, record_mobile
from members.enums import MobileKind
from tests.access_matrix.base import Door

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


KEEPERS = [302, 403, 403, 200, 200, 403, 200, 200, 403, 403, 403, 403, 403, 403]
OWN = [302, 403, 404, 200, 404, 403, 200, 404, 404, 404, 404, 404, 404, 404]
FOREIGN = [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 404, 404, 404, 404]
ONESELF = [302, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404]
DOORS = {
    "members:list": Door(
        "get",
        [302, 403, 403, 200, 200, 200, 200, 200, 403, 403, 403, 403, 403, 403],
    ),
    "members:admit": Door("get", KEEPERS),
    "members:find": Door("get", KEEPERS),
    "members:slips": Door("get", KEEPERS),
    "members:detail": Door(
        "get",
        [302, 403, 404, 200, 404, 200, 200, 404, 404, 404, 404, 404, 404, 404],
        FOREIGN,
        args=members,
    ),
    "members:change": Door("get", OWN, FOREIGN, args=members),
    "members:move": Door("get", OWN, FOREIGN, args=members),
    "members:affiliate": Door("get", OWN, FOREIGN, args=members),
    "members:end": Door("get", OWN, FOREIGN, args=members),
    "members:away": Door("get", OWN, FOREIGN, args=members),
    "members:back": Door("get", OWN, FOREIGN, args=away),
    "members:unmask": Door("get", OWN, FOREIGN, args=members),
    "members:slip": Door("post", OWN, FOREIGN, args=members),
    "members:check_out": Door(
        "get",
        [302, 403, 404, 200, 404, 403, 200, 404, 404, 404, 404, 404, 404, 404],
        [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 404, 404, 404, 404],
        args=checked_in,
    ),
    "members:me": Door("get", ONESELF),
    "members:check_in": Door("get", ONESELF, names_all=True),
    "members:skills": Door("get", ONESELF),
    "members:leave": Door(
        "post",
        [302, 302, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
        args=settled,
    ),
}
