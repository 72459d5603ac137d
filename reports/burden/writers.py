"""To which street the feedback of a person goes."""

from core.actors import Actor, scope_of
from members.models import Member
from organizations.models import Organization, Unit
from organizations.roles import INSTALLATION, Role

KEEPERS = frozenset(Role) - INSTALLATION


def place_of_writer(user: Actor) -> Organization | None:
    """Return the place that a person's feedback belongs to; None for administrators.

    It is that of their role, or else where they are a member, or the community of the
    unit that they speak for.
    """
    scope = scope_of(user)
    open_places = Organization.objects.open()
    if paths := scope.paths(KEEPERS):
        return open_places.filter(path__in=paths).order_by("path").first()
    if scope.member_id is not None:
        member = Member.objects.select_related("organization").get(pk=scope.member_id)
        return member.organization
    unit = Unit.objects.filter(pk__in=scope.units()).select_related("host").first()
    return unit.host if unit is not None else None
