"""Doors of posts, claims and service."""

import datetime as dt

from organizations.roles import Role
from tests.access_matrix.base import CANARY, Door
from tests.factories.accounts import holder
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
    at,
)

DAY, BEFORE = dt.date(2026, 3, 10), at(dt.date(2026, 3, 2))


def posts(world, **kwargs):
    """A post of the own community, and one of the other street's."""
    own = PostFactory(organization=world.community, **kwargs)
    return own, PostFactory(
        organization=world.other_community, title=f"{CANARY}岗位", **kwargs
    )


def shifts(world, **kwargs):
    """A shift of each."""
    return tuple(ShiftFactory(post=post, **kwargs) for post in posts(world))


def claims(world, **kwargs):
    """The own member's claim, and the other street's member's."""
    return world.once(f"claims {kwargs}", lambda: new_claims(world, **kwargs))


def new_claims(world, **kwargs):
    own, other = shifts(world, **kwargs)
    when = {"at": BEFORE} if kwargs else {}
    return (
        ClaimFactory(shift=own, member=world.member, **when),
        ClaimFactory(shift=other, member=world.other_member, **when),
    )


def records(world):
    """Hours of each, recorded by a clerk of the community."""
    return world.once("records", lambda: new_records(world))


def new_records(world):
    return tuple(
        ServiceRecordFactory(
            claim=claim,
            by=holder(Role.CLERK, claim.shift.post.organization),
        )
        for claim in claims(world, day=DAY)
    )


def keys(pair):
    """The arguments of an address: one key each."""
    own, other = pair
    return [own.pk], [other.pk]


ANYONE = [200] * 14
KEEPERS = [302, 403, 403, 200, 200, 403, 200, 200, *[403] * 6]
OWN_POST = [302, 403, 403, 200, 403, 403, 200, 403, *[403] * 6]
OTHER_POST = [302, 403, 403, 403, 200, 403, 403, 200, *[403] * 6]
MEMBERS_POST = [302, 302, *[403] * 12]

DOORS = {
    "volunteering:list": Door("get", ANYONE),
    "volunteering:detail": Door(
        "get", ANYONE, ANYONE, args=lambda world: keys(posts(world))
    ),
    "volunteering:offer": Door("get", KEEPERS),
    "volunteering:change": Door(
        "get", OWN_POST, OTHER_POST, args=lambda world: keys(posts(world))
    ),
    "volunteering:publish": Door(
        "post",
        [302, 404, 404, 302, 404, 404, 302, 404, 404, 404, 403, 404, 404, 404],
        [302, 404, 404, 404, 302, 404, 404, 302, 404, 404, 403, 404, 404, 404],
        args=lambda world: keys(posts(world, draft=True)),
    ),
    "volunteering:close": Door(
        "get", OWN_POST, OTHER_POST, args=lambda world: keys(posts(world))
    ),
    "volunteering:add_shift": Door(
        "get", OWN_POST, OTHER_POST, args=lambda world: keys(posts(world))
    ),
    "volunteering:change_shift": Door(
        "get", OWN_POST, OTHER_POST, args=lambda world: keys(shifts(world))
    ),
    "volunteering:claim": Door(
        "post", MEMBERS_POST, MEMBERS_POST, args=lambda world: keys(shifts(world))
    ),
    "volunteering:withdraw": Door(
        "post",
        [302, 302, 404, 302, 404, 404, 302, 404, 404, 404, 403, 404, 404, 404],
        [302, 404, 404, 404, 302, 404, 404, 302, 404, 404, 403, 404, 404, 404],
        args=lambda world: keys(claims(world)),
    ),
    "volunteering:missed": Door(
        "get",
        [302, 200, 404, 200, 404, 404, 200, 404, 404, 404, 403, 404, 404, 404],
        [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 403, 404, 404, 404],
        args=lambda world: keys(claims(world, day=DAY)),
    ),
    "volunteering:attendance": Door(
        "get",
        OWN_POST,
        OTHER_POST,
        args=lambda world: keys(c.shift for c in claims(world, day=DAY)),
    ),
    "volunteering:record": Door(
        "get",
        [302, 200, 404, 200, 404, 404, 200, 404, 404, 404, 403, 404, 404, 404],
        [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 403, 404, 404, 404],
        args=lambda world: keys(claims(world, day=DAY)),
    ),
    "volunteering:mine": Door("get", [302, 200, *[403] * 12]),
    "volunteering:service": Door("get", KEEPERS),
    "volunteering:unrecorded": Door("get", KEEPERS),
    "volunteering:confirm": Door(
        "post",
        [302, 403, 403, 302, 404, 403, 302, 404, *[403] * 6],
        data=lambda world: {"record": [records(world)[0].pk]},
    ),
    "volunteering:return": Door(
        "get",
        [302, 403, 404, 200, 404, 404, 200, 404, 404, 404, 403, 404, 404, 404],
        [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 403, 404, 404, 404],
        args=lambda world: keys(records(world)),
    ),
}
