"""Who may open the pages of posts, claims and service."""

import datetime as dt

from organizations.roles import Role
from tests.access_matrix.base import CANARY, Access, answers
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


ANYONE = answers({}, otherwise=200)
KEEPERS = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere", 302: "nobody"},
    otherwise=403,
)
OWN_POST = answers({200: "secretary staff", 302: "nobody"}, otherwise=403)
OTHER_POST = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=403
)
MEMBERS_POST = answers({302: "nobody member"}, otherwise=403)

ACCESS = {
    "volunteering:list": Access("get", ANYONE),
    "volunteering:detail": Access(
        "get", ANYONE, ANYONE, args=lambda world: keys(posts(world))
    ),
    "volunteering:offer": Access("get", KEEPERS),
    "volunteering:change": Access(
        "get", OWN_POST, OTHER_POST, args=lambda world: keys(posts(world))
    ),
    "volunteering:publish": Access(
        "post",
        answers({302: "nobody secretary staff", 403: "officer"}, otherwise=404),
        answers(
            {302: "nobody clerk_elsewhere staff_elsewhere", 403: "officer"},
            otherwise=404,
        ),
        args=lambda world: keys(posts(world, draft=True)),
    ),
    "volunteering:close": Access(
        "get", OWN_POST, OTHER_POST, args=lambda world: keys(posts(world))
    ),
    "volunteering:add_shift": Access(
        "get", OWN_POST, OTHER_POST, args=lambda world: keys(posts(world))
    ),
    "volunteering:change_shift": Access(
        "get", OWN_POST, OTHER_POST, args=lambda world: keys(shifts(world))
    ),
    "volunteering:cancel_shift": Access(
        "get", OWN_POST, OTHER_POST, args=lambda world: keys(shifts(world))
    ),
    "volunteering:claim": Access(
        "post", MEMBERS_POST, MEMBERS_POST, args=lambda world: keys(shifts(world))
    ),
    "volunteering:withdraw": Access(
        "post",
        answers({302: "nobody member secretary staff", 403: "officer"}, otherwise=404),
        answers(
            {302: "nobody clerk_elsewhere staff_elsewhere", 403: "officer"},
            otherwise=404,
        ),
        args=lambda world: keys(claims(world)),
    ),
    "volunteering:missed": Access(
        "get",
        answers(
            {200: "member secretary staff", 302: "nobody", 403: "officer"},
            otherwise=404,
        ),
        answers(
            {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
            otherwise=404,
        ),
        args=lambda world: keys(claims(world, day=DAY)),
    ),
    "volunteering:attendance": Access(
        "get",
        OWN_POST,
        OTHER_POST,
        args=lambda world: keys(c.shift for c in claims(world, day=DAY)),
    ),
    "volunteering:record": Access(
        "get",
        answers(
            {200: "member secretary staff", 302: "nobody", 403: "officer"},
            otherwise=404,
        ),
        answers(
            {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
            otherwise=404,
        ),
        args=lambda world: keys(claims(world, day=DAY)),
    ),
    "volunteering:mine": Access(
        "get", answers({200: "member", 302: "nobody"}, otherwise=403)
    ),
    "volunteering:service": Access("get", KEEPERS),
    "volunteering:unrecorded": Access("get", KEEPERS),
    "volunteering:confirm": Access(
        "post",
        answers(
            {302: "nobody secretary staff", 404: "clerk_elsewhere staff_elsewhere"},
            otherwise=403,
        ),
        data=lambda world: {"record": [records(world)[0].pk]},
    ),
    "volunteering:take_back": Access(
        "get",
        answers(
            {200: "secretary staff", 302: "nobody", 403: "member officer"},
            otherwise=404,
        ),
        answers(
            {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
            otherwise=404,
        ),
        args=lambda world: keys(records(world)),
    ),
    "volunteering:return": Access(
        "get",
        answers(
            {200: "secretary staff", 302: "nobody", 403: "member officer"},
            otherwise=404,
        ),
        answers(
            {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
            otherwise=404,
        ),
        args=lambda world: keys(records(world)),
    ),
}
