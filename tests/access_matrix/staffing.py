"""Who may open the pages of recruitments and reserves: keepers of the body alone."""

from tests.access_matrix.base import Access, answers
from tests.access_matrix.bodies import KEEP, NAMES, new_bodies
from tests.factories.communities import (
    ApplicantFactory,
    RecruitmentFactory,
    ReserveFactory,
)

# Nobody but who keeps the body sees its recruitments.
KEPT = {
    "own": answers({200: "secretary staff", 302: "nobody"}, otherwise=404),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
    ),
}


def recruitments(world):
    """A recruitment of each street's body, with a member who applied."""
    return world.once("recruitments", lambda: new_recruitments(world))


def new_recruitments(world):
    found = []
    members = (world.member, world.other_member)
    for body, member in zip(new_bodies(world), members, strict=True):
        kind = body.kind.seat_kinds.latest("position")
        row = RecruitmentFactory(body=body, kind=kind)
        ApplicantFactory(recruitment=row, member=member)
        found.append(row)
    return found


def listed(world):
    """Fill the list with the recruitments of each street."""
    recruitments(world)
    return [], []


def body_args(world):
    """Addresses over a body of their own."""
    return tuple([body.pk] for body in new_bodies(world))


def recruitment_args(world):
    """Addresses over a recruitment."""
    return tuple([row.pk] for row in recruitments(world))


def applicant_args(world):
    """Addresses over who applied."""
    return tuple([row.applicants.get().pk] for row in recruitments(world))


def reserves(world):
    """A member on the list of reserves of each street's community."""
    return world.once("reserves", lambda: new_reserves(world))


def new_reserves(world):
    places = (world.community, world.other_community)
    members = (world.member, world.other_member)
    return [
        ReserveFactory(organization=place, member=member)
        for place, member in zip(places, members, strict=True)
    ]


def reserves_listed(world):
    """Fill the list with the reserves of each street."""
    reserves(world)
    return [], []


def reserve_args(world):
    """Addresses over a reserve."""
    return tuple([row.pk] for row in reserves(world))


ACCESS = {
    "communities:recruitments": Access("get", KEEP, args=listed),
    "communities:announce_recruitment": Access("get", **NAMES, args=body_args),
    "communities:recruitment": Access("get", **KEPT, args=recruitment_args),
    "communities:recruitment_paper": Access("get", **KEPT, args=recruitment_args),
    "communities:change_recruitment": Access("get", **KEPT, args=recruitment_args),
    "communities:close_recruitment": Access("get", **KEPT, args=recruitment_args),
    "communities:void_recruitment": Access("get", **KEPT, args=recruitment_args),
    "communities:add_applicant": Access("get", **KEPT, args=recruitment_args),
    "communities:take_on": Access("get", **KEPT, args=applicant_args),
    "communities:decide_applicant": Access("get", **KEPT, args=applicant_args),
    "communities:void_applicant": Access("get", **KEPT, args=applicant_args),
    "communities:reserves": Access("get", KEEP, args=reserves_listed),
    "communities:add_reserve": Access("get", KEEP, args=reserves_listed),
    "communities:reserve": Access("get", **KEPT, args=reserve_args),
    "communities:change_reserve": Access("get", **KEPT, args=reserve_args),
    "communities:end_reserve": Access("get", **KEPT, args=reserve_args),
    "communities:void_reserve": Access("get", **KEPT, args=reserve_args),
}
