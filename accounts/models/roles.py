"""Role assignments: who holds which role, over what and how long."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import RoleAssignmentQuerySet
from core.db.apart import NeverBeside
from core.db.constraints import NoOverlap, in_order, plausible_dates
from core.db.triggers import Forbidden
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from organizations.lifetimes import inside_life
from organizations.models import Organization, Unit
from organizations.roles import INSTALLATION, MONEY_KEEPERS, SUBTREE, Grant, Role

ADMINISTRATORS = ", ".join(f"'{role}'" for role in sorted(INSTALLATION))
HELD_TOGETHER = """
NEW.voided_at IS NULL AND NEW.role <> 'member' AND EXISTS (
SELECT 1 FROM accounts_roleassignment AS held
WHERE held.user_id = NEW.user_id AND held.id <> {own} AND held.voided_at IS NULL
AND held.role <> 'member' AND held.role <> NEW.role
AND (held.role IN ({administrators}) OR NEW.role IN ({administrators}))
AND (held.ends_on IS NULL OR held.ends_on > NEW.starts_on)
AND (NEW.ends_on IS NULL OR NEW.ends_on > held.starts_on))
"""
"""One administration beside another one, or beside an office role, on some day."""
APART = "an administrator holds no other role"
BOTH_MONEY_ROLES = """
NEW.voided_at IS NULL AND NEW.role IN ('accountant', 'cashier') AND EXISTS (
SELECT 1 FROM accounts_roleassignment AS held
JOIN organizations_organization AS theirs ON theirs.id = held.organization_id
JOIN organizations_organization AS ours ON ours.id = NEW.organization_id
WHERE held.user_id = NEW.user_id AND held.id <> {own} AND held.voided_at IS NULL
AND held.role IN ('accountant', 'cashier') AND held.role <> NEW.role
AND (substr(theirs.path, 1, length(ours.path)) = ours.path
OR substr(ours.path, 1, length(theirs.path)) = theirs.path)
AND (held.ends_on IS NULL OR held.ends_on > NEW.starts_on)
AND (NEW.ends_on IS NULL OR NEW.ends_on > held.starts_on))
"""
"""Accountant and cashier along one line of the tree, on some day (R-61)."""
ONE_HOLDER = """
accounts_user WHERE id = NEW.user_id AND NEW.role IN ('accountant', 'cashier')
"""
ENDED_EARLIER = """
OLD.user_id = NEW.user_id AND OLD.role = NEW.role AND OLD.starts_on = NEW.starts_on
AND OLD.organization_id = NEW.organization_id AND OLD.voided_at IS NULL
AND NEW.ends_on IS NOT NULL AND (OLD.ends_on IS NULL OR NEW.ends_on <= OLD.ends_on)
"""
"""A change that only takes days away, which no rule stands against."""
NOT_BOTH = "roleassignment_accountant_is_not_cashier"  # whose message users read


def _apart(role: Role) -> NeverBeside:
    """Keep one administration apart from every other role of the office."""
    return NeverBeside(
        name=f"roleassignment_{role}_apart",
        keys=["user"],
        sort=Q(role=role),
        condition=~Q(role=Role.MEMBER) & NOT_VOIDED,
        violation_error_message=_(
            "An administrator holds no other role. Nothing was saved: end the other"
            " role first, or choose another person."
        ),
    )


class RoleAssignment(Voidable):
    """A role of a person over a subtree, a unit, or the installation, for a time.

    A role that is ended on the day on which it began, or before, never counted: it is
    voided, so that ending a role ends it at once.
    """

    user = models.ForeignKey(
        User, models.PROTECT, related_name="role_assignments", verbose_name=_("account")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_assignments",
        verbose_name=_("over the organization"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_assignments",
        verbose_name=_("for the unit"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)
    delegated_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegated_assignments",
        verbose_name=_("delegated by"),
    )

    triggers = (
        Forbidden(
            "roleassignment_administrators_apart_added",
            event="INSERT",
            when=HELD_TOGETHER.format(own="0", administrators=ADMINISTRATORS),
            message=APART,
        ),
        Forbidden(
            "roleassignment_administrators_apart_changed",
            event="UPDATE",
            when=HELD_TOGETHER.format(own="NEW.id", administrators=ADMINISTRATORS),
            message=APART,
        ),
        Forbidden(
            "roleassignment_accountant_is_not_cashier_added",
            event="INSERT",
            when=BOTH_MONEY_ROLES.format(own="0"),
            message=NOT_BOTH,
            locked_rows=ONE_HOLDER,
        ),
        Forbidden(
            "roleassignment_accountant_is_not_cashier_changed",
            event="UPDATE",
            when=f"{BOTH_MONEY_ROLES.format(own='NEW.id')} AND NOT ({ENDED_EARLIER})",
            message=NOT_BOTH,
            locked_rows=ONE_HOLDER,
        ),
        *inside_life("roleassignment", "starts_on", lasting=True, voidable=True),
    )
    objects = ValidRowsManager.from_queryset(RoleAssignmentQuerySet)()
    all_objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["user", "starts_on"]
        default_manager_name = "objects"
        constraints = [
            void_has_reason("roleassignment_voided_with_reason"),
            plausible_dates(
                "starts_on", "ends_on", name="roleassignment_plausible_dates"
            ),
            models.CheckConstraint(
                condition=Q(role__in=SUBTREE, organization__isnull=False, unit=None)
                | Q(role=Role.LIAISON, organization=None, unit__isnull=False)
                | Q(
                    role__in=INSTALLATION | {Role.MEMBER},
                    organization=None,
                    unit=None,
                ),
                name="roleassignment_has_the_scope_of_its_code",
                violation_error_message=_(
                    "This role needs its own kind of scope: an organization, or for a"
                    " liaison the unit, or none for members and administrators."
                ),
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="roleassignment_ends_after_start",
                message=_("A role assignment ends after the day it begins."),
            ),
            models.UniqueConstraint(
                F("user"),
                F("role"),
                Coalesce("organization", Value(0)),
                Coalesce("unit", Value(0)),
                condition=Q(ends_on=None) & NOT_VOIDED,
                name="roleassignment_once",
                violation_error_message=_("The person already holds this role."),
            ),
            NoOverlap(
                keys=["user", "organization"],
                condition=Q(role__in=MONEY_KEEPERS) & NOT_VOIDED,
                name="roleassignment_accountant_is_not_cashier",
                violation_error_message=_(
                    "Accountant and cashier are never one person."
                ),
            ),
            models.CheckConstraint(
                condition=Q(delegated_by=None) | ~Q(delegated_by=F("user")),
                name="roleassignment_not_by_its_holder",
                violation_error_message=_(
                    "Nobody gives a role to themselves. Nothing was saved: let another"
                    " person with the right do it."
                ),
            ),
            *(_apart(role) for role in sorted(INSTALLATION)),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    @property
    def grant(self) -> Grant:
        """The role with the subtree or unit it is held over."""
        path = self.organization.path if self.organization else None
        return Grant(self.role, path, self.unit_id)
