"""Actions on role assignments."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.errors import AccountantIsCashier, GrantsMoreThanHeld, NotToOneself
from accounts.models import RoleAssignment, User
from core import audit
from core.actions import action
from core.actors import scope_of
from core.db.constraints import validate
from core.months import today
from organizations.models import Organization, Unit
from organizations.roles import MONEY_KEEPERS, RECORD_KEEPERS, Role


@action(label=_("Role assigned"))
def assign_role(
    user: User,
    role: Role,
    *,
    by: User | None,
    organization: Organization | None = None,
    unit: Unit | None = None,
    starts_on: dt.date | None = None,
) -> RoleAssignment:
    """Assign a role to a person from a day on, by default today.

    Refuses a role beyond the assigner's own, and both money roles for one person.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    assignment = RoleAssignment(
        user=user,
        role=role,
        organization=organization,
        unit=unit,
        starts_on=starts_on or today(),
        delegated_by=by,
    )
    if by is not None:
        _refuse_beyond_own(by, assignment)
    _refuse_both_money_roles(assignment)
    validate(assignment)
    assignment.save()
    audit.record(
        assignment,
        by=by,
        organization_id=assignment.organization_id,
        after=audit.snapshot(assignment),
    )
    return assignment


def _refuse_beyond_own(by: User, assignment: RoleAssignment) -> None:
    """Refuse a role beyond the assigner's own roles, and any role for themselves.

    Security administrators assign any role, street staff those within their street,
    record keepers the liaisons of the units in their register.
    """
    if by.pk == assignment.user_id:
        raise NotToOneself
    scope = scope_of(by)
    if scope.has_role({Role.SECURITY_ADMIN}) or assignment.role == Role.MEMBER:
        return
    if assignment.unit is not None:
        allowed = scope.has_role_over(assignment.unit.host.path, RECORD_KEEPERS)
    elif assignment.organization is not None:
        allowed = scope.has_role_over(assignment.organization.path, {Role.STREET_STAFF})
    else:
        allowed = False
    if not allowed:
        raise GrantsMoreThanHeld


def _refuse_both_money_roles(assignment: RoleAssignment) -> None:
    """Refuse accountant and cashier in one person along a line of the tree (R-61)."""
    if assignment.role not in MONEY_KEEPERS or assignment.organization is None:
        return
    later = Q(ends_on=None) | Q(ends_on__gt=assignment.starts_on)
    held = RoleAssignment.objects.of_roles(MONEY_KEEPERS - {assignment.role}).filter(
        later, user=assignment.user
    )
    own = assignment.organization.path
    for path in held.values_list("organization__path", flat=True):
        if path.startswith(own) or own.startswith(path):
            raise AccountantIsCashier(name=assignment.user)


@action(label=_("Role ended"))
def end_role_assignment(
    assignment: RoleAssignment,
    *,
    by: User | None,
    reason: str,
    on: dt.date | None = None,
) -> RoleAssignment:
    """End a role assignment, by default today; one begun today ends tomorrow."""
    assignment = RoleAssignment.objects.select_for_update(of=("self",)).get(
        pk=assignment.pk
    )
    assignment.ends_on = max(on or today(), assignment.starts_on + dt.timedelta(days=1))
    assignment.save(update_fields=["ends_on"])
    audit.record(
        assignment,
        by=by,
        organization_id=assignment.organization_id,
        after={"ends_on": assignment.ends_on.isoformat()},
        reason=reason,
    )
    return assignment
