"""Accounts, role assignments and sign-in slips."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.querysets import RoleAssignmentQuerySet, SignInSlipQuerySet, UserQuerySet
from core.dates import format_day
from core.db.constraints import in_order, plausible_dates
from organizations.models import Organization, Unit
from organizations.roles import INSTALLATION, MONEY_KEEPERS, SUBTREE, Grant, Role, Scope

ADMIN_ROLES = INSTALLATION | {Role.STREET_STAFF}


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """The default manager of accounts, with Django's lookup by natural key."""

    use_in_migrations = False


class User(AbstractBaseUser):
    """A person who may sign in; their rights come only from their role assignments.

    The username is opaque. The phone is found through its blind index; the number
    itself is stored with the member, encrypted.
    """

    username = models.CharField(
        _("username"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("This username is taken.")},
    )
    display_name = models.CharField(pgettext_lazy("person", "name"), max_length=40)
    phone_index = models.CharField(  # noqa: DJ001 -- several may have none
        max_length=64, null=True, unique=True, editable=False
    )
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    bookkeeping = ("last_login",)
    caches_scope = False

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name or self.username

    def scope(self) -> Scope:
        """Return the person's scope today.

        Read from the database each time, but cached for a person loaded to serve one
        request (`caches_scope`): pages ask dozens of times.
        """
        if not self.caches_scope:
            return self._read_scope()
        return self._scope_of_request

    def role_assignments_today(self) -> "list[RoleAssignment]":
        """Return the role assignments in force today, cached like the scope."""
        return (
            self._role_assignments_of_request
            if self.caches_scope
            else self._read_role_assignments()
        )

    @cached_property
    def _scope_of_request(self) -> Scope:
        return self._read_scope()

    @cached_property
    def _role_assignments_of_request(self) -> "list[RoleAssignment]":
        return self._read_role_assignments()

    def _read_scope(self) -> Scope:
        member = getattr(self, "member", None)
        grants = tuple(assignment.grant for assignment in self.role_assignments_today())
        return Scope(
            grants, member.pk if member is not None else None, _guided_grants(grants)
        )

    def _read_role_assignments(self) -> "list[RoleAssignment]":
        return list(
            self.role_assignments.current().select_related("organization", "unit")
        )

    @property
    def is_staff(self) -> bool:
        """Whether the admin is open to the person: by role, never by a flag."""
        return self.is_active and self.scope().has_role(ADMIN_ROLES)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Refuse: Django permissions are not used, roles are."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Refuse: Django permissions are not used, roles are."""
        return False


def _guided_grants(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Return the grants over organizations that the holders guide, to view them."""
    own = [(grant.role, grant.path) for grant in grants if grant.path]
    if not own:
        return ()
    rows = Organization.objects.guided_from({path for _role, path in own})
    nodes = list(rows.values_list("path", "guidance_parent__path"))
    return tuple(
        Grant(role, path)
        for role, top in own
        for path, guide in nodes
        if guide.startswith(top)
    )


class RoleAssignment(models.Model):
    """A role of a person over a subtree, a unit, or the installation, for a time."""

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
        related_name="delegated_duties",
        verbose_name=_("delegated by"),
    )

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["user", "starts_on"]
        constraints = [
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
                condition=Q(ends_on=None),
                name="roleassignment_once",
                violation_error_message=_("The person already holds this role."),
            ),
            models.UniqueConstraint(
                fields=["user", "organization"],
                condition=Q(ends_on=None, role__in=MONEY_KEEPERS),
                name="roleassignment_accountant_is_not_cashier",
                violation_error_message=_(
                    "Accountant and cashier are never one person."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    @property
    def grant(self) -> Grant:
        """The role with the subtree or unit it is held over."""
        path = self.organization.path if self.organization else None
        return Grant(self.role, path, self.unit_id)


class SignInSlip(models.Model):
    """A printed one-time code with which a person signs in for the first time."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="slips", verbose_name=_("account")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="issued_slips",
        verbose_name=_("issued by"),
    )
    issued_at = models.DateTimeField(_("issued at"), auto_now_add=True)
    runs_out_at = models.DateTimeField(_("runs out at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0)

    objects = SignInSlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in slip")
        verbose_name_plural = _("sign-in slips")
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return f"{self.user} {format_day(timezone.localtime(self.issued_at))}"
