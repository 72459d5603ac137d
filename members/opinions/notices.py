"""Notices about opinions: to the place that is asked, and to whoever asked."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, User
from accounts.notices import notify, settle_notices
from core.actors import Actor
from members.enums import ANSWERING
from members.models import OpinionRequest
from organizations.roles import Role


def _people(held: Q, *, by: Actor | None) -> QuerySet[User]:
    assignments = RoleAssignment.objects.current().filter(held)
    keys = assignments.order_by().values("user")
    people: QuerySet[User] = User.objects.filter(pk__in=keys, is_active=True).order_by(
        "pk"
    )
    return people.exclude(pk=(by.pk if by is not None else 0) or 0)


def notify_opinion_asked(row: OpinionRequest, *, by: Actor | None) -> None:
    """Tell those who answer for the place that it is asked, and by when."""
    roles = ANSWERING[Role(row.case.kind.role)]
    held = Q(role__in=roles, organization=row.case.organization_id)
    for user in _people(held, by=by):
        notify(
            user,
            _("{asker} asks for your opinion about {name}. It is due on {day}."),
            about=row,
            asker=row.asker,
            name=row.name,
            day=row.case.due_on,
        )


def notify_opinion_over(row: OpinionRequest, *, by: Actor | None) -> None:
    """Tell whoever asked what the place says, or the place that it is asked no more."""
    settle_notices(row)
    if row.withdrawn_on is not None:
        return
    held = Q(pk__in=[])
    if row.unit_id is not None:
        held |= Q(role=Role.LIAISON, unit=row.unit_id)
    if row.asked_by_id is not None:
        held |= Q(user=row.asked_by_id)
    for user in _people(held, by=by):
        notify(
            user,
            _("{place} has given its opinion about {name}: {opinion}."),
            about=row,
            place=str(row.case.organization),
            name=row.name,
            opinion=row.get_opinion_display(),
        )
