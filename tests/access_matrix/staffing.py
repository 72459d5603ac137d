"""Who may open the pages of recruitments and reserves: keepers of the body alone."""

from tests.access_matrix.base import CANARY, Access, answers
from tests.access_matrix.bodies import (
    ENTRY,
    HOLDERS,
    KEEP,
    NAMES,
    PAGE,
    entry_args,
    new_bodies,
)
from tests.access_matrix.organizations import LIST as UNITS
from tests.factories.communities import (
    ApplicantFactory,
    BodyFactory,
    PayStandardFactory,
    RecruitmentFactory,
    ReserveFactory,
    ResolutionFactory,
    SeatFilingFactory,
    SeatPayFactory,
    ServedPlaceFactory,
    SittingFactory,
    UnitCoverFactory,
    VisitFactory,
)
from tests.factories.honours import HonourFactory
from tests.factories.organizations import UnitFactory
from tests.factories.visits import LeaderVisitFactory

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


# Pay is for the street; those who see the seat itself are refused, others find none.
STAFF_ALONE = answers({200: "staff staff_elsewhere", 302: "nobody"}, otherwise=403)
OWN_PAY = {
    "own": answers(
        {200: "staff member", 302: "nobody", 403: "secretary"}, otherwise=404
    ),
    "foreign": answers(
        {200: "staff_elsewhere", 302: "nobody", 403: "clerk_elsewhere"}, otherwise=404
    ),
}
PAY_FORM = {
    "own": answers(
        {200: "staff", 302: "nobody", 403: "secretary member"}, otherwise=404
    ),
    "foreign": OWN_PAY["foreign"],
}
PAID = {
    "own": answers({200: "staff", 302: "nobody", 403: "member"}, otherwise=404),
    "foreign": answers({200: "staff_elsewhere", 302: "nobody"}, otherwise=404),
}
FILED = {
    "own": answers(
        {200: "staff", 302: "nobody", 403: "secretary member"}, otherwise=404
    ),
    "foreign": answers(
        {200: "staff_elsewhere", 302: "nobody", 403: "clerk_elsewhere"}, otherwise=404
    ),
}
STANDARD = {
    "own": answers({200: "staff", 302: "nobody"}, otherwise=404),
    "foreign": answers({200: "staff_elsewhere", 302: "nobody"}, otherwise=404),
}


def pay(world):
    """What the leader of each street's body is paid."""
    return world.once("pay", lambda: new_pay(world))


def new_pay(world):
    return [
        SeatPayFactory(holding=body.seats.earliest("pk").holdings.get())
        for body in new_bodies(world)
    ]


def pay_listed(world):
    """Fill the lists with the pay and the standard of each street."""
    pay(world)
    standards(world)
    return [], []


def pay_args(world):
    """Addresses over pay."""
    return tuple([row.pk] for row in pay(world))


def standards(world):
    """A standard of pay of each street."""
    return world.once("standards", lambda: new_standards(world))


def new_standards(world):
    places = (world.street, world.other_street)
    return [PayStandardFactory(organization=place) for place in places]


def standard_args(world):
    """Addresses over a standard."""
    return tuple([row.pk] for row in standards(world))


def served(world):
    """The community that somebody of each street's body is there for, visited once."""
    return world.once("served", lambda: new_served(world))


def new_served(world):
    places = (world.community, world.other_community)
    found = []
    for body, organization in zip(new_bodies(world), places, strict=True):
        holding = body.seats.earliest("pk").holdings.get()
        place = ServedPlaceFactory(server=holding, organization=organization)
        VisitFactory(place=place)
        found.append(place)
    return found


def served_listed(world):
    """Fill the list with the places of each street."""
    served(world)
    return [], []


def served_args(world):
    """Addresses over a place served."""
    return tuple([row.pk] for row in served(world))


def visit_args(world):
    """Addresses over a visit."""
    return tuple([row.visits.get().pk] for row in served(world))


def visits_listed(world):
    """Fill the list with the visits to places, and one to a unit of each street."""
    served(world)
    world.once("unit visits", lambda: new_unit_visits(world))
    return [], []


def new_unit_visits(world):
    units = (world.unit, world.other_unit)
    return [LeaderVisitFactory(place=unit) for unit in units]


def visited_places(world):
    """Addresses over the branches which somebody visits."""
    return [world.branch.pk], [world.other_branch.pk]


# Keepers of the unit's community; the city sees and is refused.
UNIT_FORM = {
    "own": answers(
        {200: "secretary staff", 302: "nobody", 403: "officer"}, otherwise=404
    ),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
        otherwise=404,
    ),
}


def covers(world):
    """An association of each street's community that the community looks after."""
    return world.once("covers", lambda: new_covers(world))


def new_covers(world):
    units = (
        UnitFactory(name="丹桂商户协会", sector="8", host=world.community),
        UnitFactory(name=f"{CANARY}协会", sector="8", host=world.other_community),
    )
    return [UnitCoverFactory(unit=unit) for unit in units]


def covers_listed(world):
    """Fill the list with the covers of each street."""
    covers(world)
    return [], []


def covered_args(world):
    """Addresses over a covered unit."""
    return tuple([row.unit_id] for row in covers(world))


def cover_args(world):
    """Addresses over a cover."""
    return tuple([row.pk] for row in covers(world))


def filings(world):
    """The leader of each street's body, on file."""
    return world.once("filings", lambda: new_filings(world))


def new_filings(world):
    return [
        SeatFilingFactory(holding=body.seats.earliest("pk").holdings.get())
        for body in new_bodies(world)
    ]


def filing_args(world):
    """Addresses over a filing."""
    return tuple([row.pk] for row in filings(world))


def filed_args(world):
    """Addresses over somebody in a seat who is on file."""
    return tuple([row.holding_id] for row in filings(world))


def sittings(world):
    """A sitting of each street's body, at which its leader was there."""
    return world.once("sittings", lambda: new_sittings(world))


def new_sittings(world):
    topics = ("加装充电桩", f"{CANARY}议题")
    return [
        SittingFactory(body=body, topic=topic)
        for body, topic in zip(new_bodies(world), topics, strict=True)
    ]


def sat_args(world):
    """Addresses over a body that has sat."""
    return tuple([row.body_id] for row in sittings(world))


def sitting_args(world):
    """Addresses over a sitting."""
    return tuple([row.pk] for row in sittings(world))


def watched_args(world):
    """Addresses over what was decided, watched over by another body of the place."""
    rows = resolutions(world)
    for row in rows:
        if row.watched_by is None:
            place = row.sitting.body.organization
            row.watched_by = BodyFactory(organization=place, name="居务监督委员会")
            row.save()
    return tuple([row.pk] for row in rows)


def resolutions(world):
    """What was decided at a sitting of each street's body."""
    return world.once("resolutions", lambda: new_resolutions(world))


def new_resolutions(world):
    titles = ("加装充电桩", f"{CANARY}决议")
    return [
        ResolutionFactory(sitting=sitting, title=title)
        for sitting, title in zip(new_sittings(world), titles, strict=True)
    ]


def resolutions_listed(world):
    """Fill the ledger with the decisions of each street."""
    resolutions(world)
    return [], []


def resolution_args(world):
    """Addresses over a decision."""
    return tuple([row.pk] for row in resolutions(world))


# A keeper of a branch reads what the branch's own were given; the street writes.
HONOUR = {
    "own": answers(
        {200: "secretary branch_secretary staff", 302: "nobody"}, otherwise=404
    ),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
    ),
}
KEEP_HONOUR = {
    "own": answers(
        {200: "secretary staff", 302: "nobody", 403: "branch_secretary"},
        otherwise=404,
    ),
    "foreign": HONOUR["foreign"],
}
HONOUR_PLACE = {
    "own": answers(
        {
            200: "secretary staff",
            302: "nobody",
            403: "branch_secretary officer system_admin security_admin auditor",
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
HONOUR_MEMBER = {
    "own": answers(
        {200: "secretary staff", 302: "nobody", 403: "branch_secretary member"},
        otherwise=404,
    ),
    "foreign": HONOUR["foreign"],
}


def honours(world):
    """An honour of each street's branch."""
    return world.once("honours", lambda: new_honours(world))


def new_honours(world):
    names = ("先进基层党组织", f"{CANARY}先进")
    places = (world.branch, world.other_branch)
    return [
        HonourFactory(honoured=place, name=name)
        for place, name in zip(places, names, strict=True)
    ]


def honours_listed(world):
    """Fill the list with the honours of each street."""
    honours(world)
    return [], []


def honour_args(world):
    """Addresses over an honour."""
    return tuple([row.pk] for row in honours(world))


ACCESS = {
    "communities:honours": Access("get", HOLDERS, args=honours_listed),
    "communities:honour": Access("get", **HONOUR, args=honour_args),
    "communities:void_honour": Access("get", **KEEP_HONOUR, args=honour_args),
    "communities:honour_organization": Access(
        "get",
        **HONOUR_PLACE,
        args=lambda world: ([world.branch.pk], [world.other_branch.pk]),
    ),
    "communities:honour_member": Access(
        "get",
        **HONOUR_MEMBER,
        args=lambda world: ([world.member.pk], [world.other_member.pk]),
    ),
    "communities:resolutions": Access("get", UNITS, args=resolutions_listed),
    "communities:resolution": Access("get", **PAGE, args=resolution_args),
    "communities:carry_out": Access("get", **NAMES, args=resolution_args),
    "communities:record_finding": Access("get", **NAMES, args=watched_args),
    "communities:void_resolution": Access("get", **NAMES, args=resolution_args),
    "communities:sitting": Access("get", **PAGE, args=sitting_args),
    "communities:decide": Access("get", **NAMES, args=sitting_args),
    "communities:void_sitting": Access("get", **NAMES, args=sitting_args),
    "communities:record_sitting": Access("get", **NAMES, args=sat_args),
    "communities:filing": Access("get", **ENTRY, args=filed_args),
    "communities:file_holding": Access("get", **PAY_FORM, args=filed_args),
    "communities:void_filing": Access("get", **FILED, args=filing_args),
    "communities:covers": Access("get", UNITS, args=covers_listed),
    "communities:cover_unit": Access("get", **UNIT_FORM, args=covered_args),
    "communities:end_cover": Access("get", **UNIT_FORM, args=cover_args),
    "communities:void_cover": Access("get", **UNIT_FORM, args=cover_args),
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
    "communities:pay": Access("get", STAFF_ALONE, args=pay_listed),
    "communities:left_seats": Access("get", STAFF_ALONE, args=pay_listed),
    "communities:seat_pay": Access("get", **OWN_PAY, args=entry_args),
    "communities:record_pay": Access("get", **PAY_FORM, args=entry_args),
    "communities:void_pay": Access("get", **PAID, args=pay_args),
    "communities:pay_standards": Access("get", STAFF_ALONE, args=pay_listed),
    "communities:set_standard": Access("get", STAFF_ALONE, args=pay_listed),
    "communities:void_standard": Access("get", **STANDARD, args=standard_args),
    "communities:served_places": Access("get", HOLDERS, args=served_listed),
    "communities:serve_by_body": Access("get", **NAMES, args=body_args),
    "communities:serve_by_seat": Access("get", **ENTRY, args=entry_args),
    "communities:served": Access("get", **KEPT, args=served_args),
    "communities:leave_place": Access("get", **KEPT, args=served_args),
    "communities:record_visit": Access("get", **KEPT, args=served_args),
    "communities:visits": Access("get", HOLDERS, args=visits_listed),
    "communities:choose_visited": Access("get", KEEP),
    "communities:visit_months": Access("get", HOLDERS, args=visits_listed),
    "communities:visit": Access("get", **KEPT, args=visit_args),
    "communities:visit_organization": Access(
        "get", **HONOUR_PLACE, args=visited_places
    ),
    "communities:visit_unit": Access("get", **UNIT_FORM, args=covered_args),
    "communities:settle_visit": Access("get", **KEPT, args=visit_args),
    "communities:correct_visit": Access("get", **KEPT, args=visit_args),
    "communities:void_visit": Access("get", **KEPT, args=visit_args),
}
