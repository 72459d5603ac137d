"""Who may open the pages of bodies: keepers write, branch secretaries read."""

import datetime as dt

from communities.actions import (
    approve_election,
    count_votes,
    extend_term,
    propose_officer,
)
from communities.enums import Filling
from tests.access_matrix.base import CANARY, Access, answers
from tests.access_matrix.communities import KEEP as HOLDERS
from tests.access_matrix.communities import LIST, LOOK
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    CandidateFactory,
    ElectionFactory,
    SeatHoldingFactory,
    TermOfOfficeFactory,
)

ELECTED = dt.date(2026, 6, 1)
KEEP = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere", 302: "nobody"},
    otherwise=403,
)
KINDS = answers({200: "staff staff_elsewhere", 302: "nobody"}, otherwise=403)
# Who may see kinds but not keep them is refused; for others there is none.
KIND_FORM = answers(
    {
        200: "staff staff_elsewhere",
        302: "nobody",
        403: "secretary clerk_elsewhere branch_secretary officer",
    },
    otherwise=404,
)
KIND_PAGE = answers(
    {
        200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere officer",
        302: "nobody",
    },
    otherwise=404,
)
# A branch secretary sees the bodies of the branch, not those of the community.
PAGE = {
    "own": answers({200: "secretary staff officer", 302: "nobody"}, otherwise=404),
    "foreign": LOOK["foreign"],
}
NAMES = {
    "own": answers(
        {200: "secretary staff", 302: "nobody", 403: "officer"}, otherwise=404
    ),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
        otherwise=404,
    ),
}
# The entry is the member's own: they see it on their page, and change nothing.
ENTRY = {
    "own": answers(
        {200: "secretary staff", 302: "nobody", 403: "member"}, otherwise=404
    ),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
    ),
}


def bodies(world):
    """A body of each street's community, in its first term, led by a member."""
    return world.once("bodies", lambda: new_bodies(world))


def new_bodies(world):
    kind = BodyKindFactory()
    own = BodyFactory(organization=world.community, kind=kind)
    name = f"{CANARY}议事会{own.pk}"
    other = BodyFactory(organization=world.other_community, kind=kind, name=name)
    for body, member in ((own, world.member), (other, world.other_member)):
        TermOfOfficeFactory(body=body)
        SeatHoldingFactory(seat=body.seats.earliest("pk"), member=member)
    return own, other


def listed(world):
    """Fill the lists with what each street has; the addresses name nothing."""
    bodies(world)
    return [], []


def body_args(world):
    """Addresses over a body."""
    return tuple([body.pk] for body in bodies(world))


def community_args(world):
    """Addresses over a community of each street, with a body of its own."""
    bodies(world)
    return [world.community.pk], [world.other_community.pk]


def empty_body_args(world):
    """Addresses over a body in which nobody sat."""
    places = (world.community, world.other_community)
    return tuple([BodyFactory(organization=place).pk] for place in places)


def kind_args(world):
    """Addresses over a kind of body, which belongs to no street."""
    return [bodies(world)[0].kind.pk], []


def seat_kind_args(world):
    """Addresses over a kind of seat."""
    return [bodies(world)[0].kind.seat_kinds.earliest("pk").pk], []


def vacant_args(world):
    """Addresses over a vacant seat."""
    return tuple([body.seats.vacant().earliest("pk").pk] for body in bodies(world))


def term_args(world):
    """Addresses over a term."""
    return tuple([body.terms.get().pk] for body in bodies(world))


def extended_args(world):
    """Addresses over a term that was extended."""
    for body in bodies(world):
        term = body.terms.get()
        extend_term(
            term,
            ends_on=term.ends_on + dt.timedelta(days=30),
            extension_basis="延期换届的批复",
            extension_approved_on=ELECTED,
            by=None,
        )
    return term_args(world)


def entry_args(world):
    """Addresses over the entry of who leads the body."""
    return tuple(
        [body.seats.earliest("pk").holdings.get().pk] for body in bodies(world)
    )


def elections(world):
    """An election of each street's body, with a member standing."""
    return world.once("elections", lambda: new_elections(world, bodies(world)))


def new_elections(world, elected=None):
    """Elections of these bodies; else of new ones, which are in no state yet."""
    found = []
    members = (world.member, world.other_member)
    for body, member in zip(elected or new_bodies(world), members, strict=True):
        election = ElectionFactory(body=body, held_on=ELECTED)
        CandidateFactory(election=election, member=member)
        found.append(election)
    return found


def election_args(world):
    """Addresses over an election."""
    return tuple([election.pk] for election in elections(world))


def candidate_args(world):
    """Addresses over who stands."""
    return tuple([election.candidates.get().pk] for election in elections(world))


def paper_args(world):
    """Addresses of the list of candidates on paper."""
    return tuple([election.pk, "candidates"] for election in elections(world))


def counted(election, votes=4):
    """Count so many votes of four for everybody who stands."""
    cast = {
        one.pk: (votes, 4 - votes, 0)
        for one in election.candidates.filter(by_committee=False)
    }
    numbers = {"voters": 5, "present": 4, "valid_ballots": 4}
    return count_votes(election, votes=cast, by=None, **numbers)


def ballot_args(world):
    """Addresses over a count."""
    return tuple([counted(election).pk] for election in new_elections(world))


def counted_args(world):
    """Addresses over an election whose votes were counted."""
    found = new_elections(world)
    for election in found:
        counted(election)
    return tuple([election.pk] for election in found)


def short_args(world):
    """Addresses over an election in which nobody was elected yet."""
    found = new_elections(world)
    for election in found:
        counted(election, votes=2)
    return tuple([election.pk] for election in found)


def approved_args(world):
    """Addresses over an election whose result was approved."""
    found = new_elections(world)
    for election in found:
        counted(election)
        approve_election(
            election, approved_by="街道", approved_on=election.held_on, by=None
        )
    return tuple([election.pk] for election in found)


def committees(world):
    """An election of each street's body, which elects its leader from among itself."""
    found = []
    members = (world.member, world.other_member)
    for body, member in zip(new_bodies(world), members, strict=True):
        leader, plain = body.kind.seat_kinds.order_by("position")
        type(leader).objects.filter(pk=leader.pk).update(by_committee=True)
        leader.refresh_from_db()
        seats = {leader: 1, plain: 1}
        election = ElectionFactory(body=body, held_on=ELECTED, seats=seats)
        CandidateFactory(election=election, kind=plain, member=member)
        counted(election)
        found.append(election)
    return found


def committee_args(world):
    """Addresses over an election whose committee elects its leader next."""
    return tuple([election.pk] for election in committees(world))


def officer_args(world):
    """Addresses over an election with a leader proposed to the committee."""
    found = committees(world)
    for election in found:
        leader = election.posts.get(by_committee=True).kind
        person = election.candidates.get()
        propose_officer(election, kind=leader, person=person, by=None)
    return tuple([election.pk] for election in found)


def elections_listed(world):
    """Fill the list with the elections of each street."""
    elections(world)
    return [], []


# Elections name who stands: only who may see members looks at them.
ELECTION = {
    "own": answers({200: "secretary staff", 302: "nobody"}, otherwise=404),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
    ),
}
# Everybody sees that a community exists; its names are read by who keeps it.
CHAIN = {
    "own": answers(
        {
            200: "secretary staff",
            302: "nobody",
            403: "officer accountant cashier system_admin security_admin auditor",
        },
        otherwise=404,
    ),
    "foreign": answers(
        {
            200: "clerk_elsewhere staff_elsewhere",
            302: "nobody",
            403: "officer system_admin security_admin auditor",
        },
        otherwise=404,
    ),
}
ACCESS = {
    "communities:elections": Access("get", HOLDERS, args=elections_listed),
    "communities:call_election": Access("get", **NAMES, args=body_args),
    "communities:election": Access("get", **ELECTION, args=election_args),
    "communities:election_papers": Access("get", **ELECTION, args=election_args),
    "communities:election_paper": Access("get", **ELECTION, args=paper_args),
    "communities:nominate": Access("get", **ELECTION, args=election_args),
    "communities:write_in": Access("get", **ELECTION, args=election_args),
    "communities:count_votes": Access("get", **ELECTION, args=election_args),
    "communities:count_again": Access("get", **ELECTION, args=short_args),
    "communities:propose_officer": Access("get", **ELECTION, args=committee_args),
    "communities:count_committee": Access("get", **ELECTION, args=officer_args),
    "communities:correct_count": Access("get", **ELECTION, args=ballot_args),
    "communities:void_count": Access("get", **ELECTION, args=ballot_args),
    "communities:approve_election": Access("get", **ELECTION, args=counted_args),
    "communities:change_approval": Access("get", **ELECTION, args=approved_args),
    "communities:void_approval": Access("get", **ELECTION, args=approved_args),
    "communities:void_election": Access("get", **ELECTION, args=election_args),
    "communities:set_traits": Access("get", **ELECTION, args=candidate_args),
    "communities:withdraw_candidate": Access("get", **ELECTION, args=candidate_args),
    "communities:bodies": Access("get", LIST, args=listed),
    "communities:holders": Access("get", HOLDERS, args=listed),
    "communities:chain": Access("get", **CHAIN, args=community_args),
    "communities:chain_paper": Access("get", **CHAIN, args=community_args),
    "communities:set_up_body": Access("get", KEEP, args=listed),
    "communities:body": Access("get", **PAGE, args=body_args),
    "communities:body_paper": Access("get", **NAMES, args=body_args),
    "communities:change_body": Access("get", **NAMES, args=body_args),
    "communities:end_body": Access("get", **NAMES, args=body_args),
    "communities:void_body": Access("get", **NAMES, args=empty_body_args),
    "communities:begin_term": Access("get", **NAMES, args=body_args),
    "communities:open_seat": Access("get", **NAMES, args=body_args),
    "communities:extend_term": Access("get", **NAMES, args=term_args),
    "communities:void_extension": Access("get", **NAMES, args=extended_args),
    "communities:void_term": Access("get", **NAMES, args=term_args),
    "communities:take_seat": Access(
        "post",
        own=answers({302: "nobody secretary staff", 403: "officer"}, otherwise=404),
        foreign=answers(
            {302: "nobody clerk_elsewhere staff_elsewhere", 403: "officer"},
            otherwise=404,
        ),
        args=vacant_args,
        data=lambda _world: {
            "name": "何静",
            "sex": "2",
            "birth_month": "1980-05",
            "starts_on": "2026-03-01",
            "channel": Filling.ELECTION,
        },
    ),
    "communities:close_seat": Access("get", **NAMES, args=vacant_args),
    "communities:change_holding": Access("get", **ENTRY, args=entry_args),
    "communities:vacate_seat": Access("get", **ENTRY, args=entry_args),
    "communities:void_holding": Access("get", **ENTRY, args=entry_args),
    "communities:void_leaving": Access("get", **ENTRY, args=entry_args),
    "communities:body_kinds": Access("get", LIST, args=listed),
    "communities:add_body_kind": Access("get", KINDS, args=listed),
    "communities:body_kind": Access("get", KIND_PAGE, args=kind_args),
    "communities:change_body_kind": Access("get", KIND_FORM, args=kind_args),
    "communities:add_seat_kind": Access("get", KIND_FORM, args=kind_args),
    "communities:change_seat_kind": Access("get", KIND_FORM, args=seat_kind_args),
}
