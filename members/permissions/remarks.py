"""Who keeps and reads guarded remarks."""

from django.db.models import QuerySet

from core.actors import Actor, scope_of
from members.enums import REMARK_KEEPERS
from members.errors import NoOpenAffiliation
from members.models import GuardedRemark, Member
from organizations.models import Organization, Unit
from organizations.queries import filing_organization


def keeps_remarks(user: Actor) -> bool:
    """Secretaries and street staff keep guarded remarks of their area."""
    return scope_of(user).has_role(REMARK_KEEPERS)


def keeps_remark(user: Actor, row: GuardedRemark) -> bool:
    """The secretary of the place of a remark, and the street above, keep it.

    Nobody keeps the remarks about themselves.
    """
    return GuardedRemark.objects.managed_by(user).filter(pk=row.pk).exists()


def keeps_remarks_of_unit(user: Actor, unit: Unit) -> bool:
    """The secretary of the community in which a unit lies, and the street above."""
    return _keeps_remarks_at(user, unit.host)


def members_with_kept_remarks(user: Actor) -> QuerySet[Member]:
    """Return the members whose guarded remarks the person keeps.

    They belong to, or are checked in with, a place where the person is the secretary
    or the street.
    """
    return Member.objects.in_scope_of(user, REMARK_KEEPERS)


def keeps_remarks_of(user: Actor, member: Member) -> bool:
    """The secretary of one of the member's places, and the street above, keep them."""
    return members_with_kept_remarks(user).filter(pk=member.pk).exists()


def place_of_remarks(user: Actor, member: Member) -> Organization:
    """Return the place that keeps a remark about a member, in the own area.

    It is the community of the check-in, else the one where the member belongs.
    """
    for place in (member.community, member.organization):
        if place is not None and _keeps_remarks_at(user, place):
            return filing_organization(place)
    raise NoOpenAffiliation(name=member.name)


def _keeps_remarks_at(user: Actor, place: Organization) -> bool:
    return scope_of(user).has_role_over(place.path, REMARK_KEEPERS)
