"""Actions on role assignments."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.accounts import refuse_former_member, void_password
from accounts.actions.administration import require_other_administrator
from accounts.actions.consents import has_password_of_one_alone
from accounts.errors import (
    AccountantIsCashier,
    AdministratorHoldsOtherRole,
    GrantsMoreThanHeld,
    NotToOneself,
)
from accounts.models import RoleAssignment, SignInSlip, User
from accounts.notices import notify
from core import audit
from core.actions import action
from core.actors import scope_of
from core.db.constraints import validate
from core.months import today
from organizations.models import Organization, Unit
from organizations.move_checks import rely_on_tree
from organizations.roles import INSTALLATION, MONEY_KEEPERS, RECORD_KEEPERS, Role


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

    Refuses a role beyond the assigner's own, and both money roles for one person. An
    administration voids what one person alone could know of the account: its open
    sign-in slips, and a password that was set without a second administrator's consent.
    """
    if role in MONEY_KEEPERS:
        rely_on_tree()
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    refuse_former_member(user)
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
    _refuse_other_role_beside_administration(assignment)
    validate(assignment)
    assignment.save()
    audit.record(
        assignment,
        by=by,
        organization_id=assignment.organization_id,
        after=audit.snapshot(assignment),
    )
    if assignment.role in INSTALLATION:
        _spend_slips(user, by)
        _void_password_of_one_alone(user, by)
    return assignment


def _spend_slips(user: User, by: User | None) -> None:
    """Void the open slips of a new administrator, and tell who assigned the role.

    They were printed without the consent that an administrator's slip needs.
    """
    now = timezone.now()
    spent = SignInSlip.objects.good(now).filter(user=user).update(runs_out_at=now)
    if spent and by is not None:
        text = _(
            "The sign-in slip printed earlier for {name} no longer opens the account,"
            " which is an administrator's now. Have a new one printed, with the consent"
            " of a second administrator."
        )
        notify(by, text, about=None, url=reverse("accounts:slips"), name=str(user))


def _void_password_of_one_alone(user: User, by: User | None) -> None:
    """Void a new administrator's password that nobody agreed to; tell the assigner.

    Who printed the slip could have used it, and would hold two administrations.
    """
    if not has_password_of_one_alone(user):
        return
    void_password(user, by=by)
    if by is not None:
        text = _(
            "The password of {name} was voided and their sessions ended: it was set"
            " without the consent of a second administrator, and the account is an"
            " administrator's now. Have a new sign-in slip printed, with that consent."
        )
        notify(by, text, about=None, url=reverse("accounts:slips"), name=str(user))


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
    row = Organization.objects.filter(pk=assignment.organization.pk)
    own = row.values_list("path", flat=True).get()  # as the last move left it
    for path in held.values_list("organization__path", flat=True):
        if path.startswith(own) or own.startswith(path):
            raise AccountantIsCashier(name=assignment.user)


def _refuse_other_role_beside_administration(assignment: RoleAssignment) -> None:
    """Refuse one administration beside another one or beside record keeping.

    Who gives rights, who runs the system and who audits both are three people, and none
    of them keeps the records. A trigger refuses the same whatever code writes the row.
    """
    if assignment.role == Role.MEMBER:
        return
    held = RoleAssignment.objects.standing(assignment.starts_on).filter(
        user=assignment.user
    )
    others = held.exclude(role__in={Role.MEMBER, assignment.role})
    if assignment.role not in INSTALLATION:
        others = others.of_roles(INSTALLATION)
    other = others.first()
    if other is not None:
        raise AdministratorHoldsOtherRole(
            name=assignment.user, role=other.get_role_display()
        )


@action(label=_("Role ended"))
def end_role_assignment(
    assignment: RoleAssignment,
    *,
    by: User | None,
    reason: str,
    on: dt.date | None = None,
) -> RoleAssignment:
    """End a role assignment, by default today; its holder loses it at once.

    A role that would end on the day on which it began, or before, is voided: it never
    counted. The last holder of an administration is not ended without a successor.
    """
    assignment = RoleAssignment.objects.select_for_update(of=("self",)).get(
        pk=assignment.pk
    )
    last_day = on or today()
    if assignment.role in INSTALLATION:
        role = Role(assignment.role)
        require_other_administrator(assignment.user, role, max(last_day, today()))
    organization_id = assignment.organization_id
    if last_day <= assignment.starts_on:
        assignment.save(update_fields=assignment.void(reason))
        audit.record_void(
            assignment, by=by, organization_id=organization_id, reason=reason
        )
        return assignment
    with audit.recording(
        assignment, "ends_on", by=by, organization_id=organization_id, reason=reason
    ):
        assignment.ends_on = last_day
        assignment.save(update_fields=["ends_on"])
    return assignment
