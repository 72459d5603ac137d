"""Who may do what with meetings, projects and bodies."""

from communities.models import (
    Body,
    BodyKind,
    Election,
    Meeting,
    Project,
    Recruitment,
    Resolution,
    SeatHolding,
    ServedPlace,
    Visit,
)
from core.actors import Actor, scope_of
from members.models import Member
from organizations.models import Organization, Unit
from organizations.roles import MEETING_KEEPERS, READERS, RECORD_KEEPERS, Role


def can_see_meetings(user: Actor) -> bool:
    """Meeting keepers and city officers view the meetings of their area."""
    return scope_of(user).has_role(READERS)


def can_record(user: Actor) -> bool:
    """Meeting keepers record meetings: branch secretaries for their branch."""
    return scope_of(user).has_role(MEETING_KEEPERS)


def can_record_for(user: Actor, organization: Organization) -> bool:
    """Whether the reader keeps the meetings of this organization."""
    return scope_of(user).has_role_over(organization.path, MEETING_KEEPERS)


def can_read_names(user: Actor, meeting: Meeting) -> bool:
    """Who may see members reads who attended; city officers see how many."""
    return scope_of(user).has_role_over(meeting.organization.path, MEETING_KEEPERS)


def can_change(user: Actor, meeting: Meeting) -> bool:
    """Meeting keepers correct and void what was recorded in their area."""
    return Meeting.all_objects.managed_by(user).filter(pk=meeting.pk).exists()


def can_see_projects(user: Actor) -> bool:
    """Record keepers and city officers view the projects of their area."""
    return scope_of(user).has_role(RECORD_KEEPERS | {Role.CITY_OFFICER})


def can_start_project(user: Actor) -> bool:
    """Record keepers start projects."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_change_project(user: Actor, project: Project) -> bool:
    """Record keepers correct and end projects of their area."""
    return Project.objects.managed_by(user).filter(pk=project.pk).exists()


def can_see_bodies(user: Actor) -> bool:
    """Meeting keepers and city officers view the bodies of their area."""
    return scope_of(user).has_role(READERS)


def can_set_up_body(user: Actor) -> bool:
    """Record keepers set up bodies."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_keep_body(user: Actor, body: Body) -> bool:
    """Record keepers keep the bodies of their area: terms, seats and who holds them."""
    return Body.objects.managed_by(user).filter(pk=body.pk).exists()


def can_read_holders(user: Actor, body: Body) -> bool:
    """Who may see members reads who holds seats; city officers see how many."""
    return scope_of(user).has_role_over(body.organization.path, MEETING_KEEPERS)


def can_read_chain(user: Actor, place: Organization) -> bool:
    """Whoever reads the names in a community's bodies reads who answers for it."""
    return scope_of(user).has_role_over(place.path, MEETING_KEEPERS)


def can_see_holders(user: Actor) -> bool:
    """Meeting keepers look through the seat-holders of their area."""
    return scope_of(user).has_role(MEETING_KEEPERS)


def can_keep_body_kinds(user: Actor) -> bool:
    """Street staff keep the kinds of body."""
    return BodyKind.objects.managed_by(user).exists()


def can_approve_election(user: Actor, election: Election) -> bool:
    """Street staff approve results of the Party; others are the keepers' own."""
    path = election.body.organization.path
    if not election.body.kind.is_approved_above:
        return can_keep_body(user, election.body)
    return scope_of(user).has_role_over(path, frozenset({Role.STREET_STAFF}))


def can_see_recruitments(user: Actor) -> bool:
    """Record keepers look through the recruitments of their area."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_keep_recruitment(user: Actor, recruitment: Recruitment) -> bool:
    """Whoever keeps the body keeps its recruitments and who applied."""
    return can_keep_body(user, recruitment.body)


def can_see_pay(user: Actor) -> bool:
    """Street staff look through what the seats of their area are paid."""
    return scope_of(user).has_role({Role.STREET_STAFF})


def can_keep_pay(user: Actor, holding: SeatHolding) -> bool:
    """Street staff enter what the seats of their area are paid."""
    path = holding.seat.body.organization.path
    return scope_of(user).has_role_over(path, {Role.STREET_STAFF})


def can_read_pay(user: Actor, holding: SeatHolding) -> bool:
    """Street staff and the person alone read what a seat is paid."""
    member, own = holding.member, scope_of(user).member_id
    if can_keep_pay(user, holding):
        return True
    if own is None or member is None:
        return False
    return own in (member.pk, member.merged_into_id)


def can_keep_served(user: Actor, place: ServedPlace) -> bool:
    """Keepers of the place, and of who serves it, keep visits."""
    rows = ServedPlace.all_objects.managed_by(user)
    return rows.filter(pk=place.pk).exists()


def can_keep_visits(user: Actor, place: Organization) -> bool:
    """Record keepers enter visits to the organizations and units of their area."""
    return scope_of(user).has_role_over(place.path, RECORD_KEEPERS)


def can_keep_visit(user: Actor, visit: Visit) -> bool:
    """Keepers of what was visited, and of who serves it, keep a visit."""
    return Visit.all_objects.managed_by(user).filter(pk=visit.pk).exists()


def can_enter_at_places(user: Actor) -> bool:
    """Record keepers enter visits to the places of their area, and facilities."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_keep_facilities_of(user: Actor, place: Organization) -> bool:
    """Record keepers keep the facilities of the places of their area."""
    return scope_of(user).has_role_over(place.path, RECORD_KEEPERS)


def can_see_covers(user: Actor) -> bool:
    """Whoever views the register of units sees how each is covered."""
    return scope_of(user).has_role(READERS)


def can_keep_cover(user: Actor, unit: Unit) -> bool:
    """Keepers of the unit's community, and its street, say who covers it."""
    return Unit.objects.managed_by(user).filter(pk=unit.pk).exists()


def can_read_filing(user: Actor, holding: SeatHolding) -> bool:
    """Whoever reads the names in a body reads who of them is on file."""
    return can_read_holders(user, holding.seat.body)


def can_keep_filing(user: Actor, holding: SeatHolding) -> bool:
    """Street staff put the people in seats of their area on file."""
    return can_keep_pay(user, holding)


def can_keep_sittings(user: Actor, body: Body) -> bool:
    """Meeting keepers record what the bodies of their area discuss and decide."""
    return scope_of(user).has_role_over(body.organization.path, MEETING_KEEPERS)


def can_enter_finding(user: Actor, resolution: Resolution) -> bool:
    """Whoever keeps the meetings of the body that watches enters what it found."""
    watcher = resolution.watched_by
    return watcher is not None and can_keep_sittings(user, watcher)


def can_keep_honours(user: Actor, place: Organization) -> bool:
    """Record keepers keep the honours of the organizations of their area."""
    return scope_of(user).has_role_over(place.path, RECORD_KEEPERS)


def can_honour_member(user: Actor, member: Member) -> bool:
    """Record keepers enter honours of who belongs to their area or checks in there."""
    place = member.organization or member.community
    return place is not None and can_keep_honours(user, place)
