"""To which street the feedback of a person goes."""

from django.db.models import QuerySet

from core.actors import Actor, scope_of
from members.models import Member
from organizations.models import Organization, Unit
from organizations.roles import WITH_A_PLACE


def places_of_writer(user: Actor) -> QuerySet[Organization]:
    """Return the places that a person's feedback may belong to; none of administrators.

    They are those of their roles, or else the communities of the units that they speak
    for, or else where they belong or are checked in as a member.
    """
    scope, open_places = scope_of(user), Organization.objects.open().order_by("path")
    if paths := scope.paths(WITH_A_PLACE):
        return open_places.filter(path__in=paths)
    if units := scope.units():
        hosts = Unit.objects.filter(pk__in=units).order_by()
        return open_places.filter(pk__in=hosts.values("host"))
    members = Member.objects.filter(pk=scope.member_id or 0).order_by()
    home = open_places.filter(pk__in=members.values("organization"))
    return (
        home
        if home.exists()
        else open_places.filter(pk__in=members.values("community"))
    )
