"""Accounts: people who may sign in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Length, Lower, Substr
from django.db.models.lookups import Exact, In
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.errors import UsernameIsPhone
from accounts.querysets import UserQuerySet
from core.db.digests import digested
from core.identity import fold_text
from organizations.models import Organization
from organizations.roles import INSTALLATION, Grant, Role, Scope

if TYPE_CHECKING:
    from accounts.models.roles import RoleAssignment

ADMIN_ROLES = INSTALLATION | {Role.STREET_STAFF}


def folded_username(text: str) -> str:
    """Return a username in its normal form: half width, lower case."""
    return fold_text(text).lower()


class UsernameField(models.CharField):
    """A username, folded before it is compared or stored.

    The column's uniqueness then holds over every way to type a name, whichever code
    writes the row. It has letters, digits and @ . + - _ only.
    """

    default_validators = [
        UnicodeUsernameValidator(
            message=_("A username has letters, digits and @ . + - _ only.")
        )
    ]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return folded_username(text) if text else text

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return folded_username(text) if text else text


PHONE_DIGITS = 11
PHONE_PREFIXES = ("", "86", "+86", "0086")
PHONE_BEGINS = [f"1{digit}" for digit in range(3, 10)]


def reads_as_phone(column: str) -> Q:
    """Return the condition for a folded text that `core.identity` reads as a phone.

    Without regular expressions, which SQLite does not have by itself.
    """
    found = Q()
    for prefix in PHONE_PREFIXES:
        number = Substr(column, len(prefix) + 1)
        digits = Value("0123456789")
        rest = Func(number, digits, function="LTRIM", output_field=models.CharField())
        found |= (
            Q(**{f"{column}__startswith": prefix})
            & Q(Exact(Length(column), PHONE_DIGITS + len(prefix)))
            & Q(In(Substr(column, len(prefix) + 1, 2), PHONE_BEGINS))
            & Q(Exact(rest, Value("")))
        )
    return found


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """The default manager of accounts, with Django's lookup by natural key."""

    use_in_migrations = False


class User(AbstractBaseUser):
    """A person who may sign in; their rights come only from their role assignments.

    The username is opaque. The phone is found through its blind index; the number
    itself is stored with the member, encrypted. `opened_at` is when the account was
    made or opened again: disuse is counted from there.
    """

    username = UsernameField(
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
    opened_at = models.DateTimeField(
        _("opened at"), default=timezone.now, editable=False
    )
    password_set_at = models.DateTimeField(
        _("password set at"), null=True, editable=False
    )

    bookkeeping = ("last_login", "password_set_at")
    caches_scope = False
    member_pk: int | None = None  # read with a person who is loaded for a request

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    objects = UserManager()

    # It is compared with the recorded sign-ins.
    without_digest = ("last_login",)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_once",
                violation_error_message=_("This username is taken."),
            ),
            models.CheckConstraint(
                condition=~reads_as_phone("username"),
                name="user_username_is_no_phone",
                violation_error_message=UsernameIsPhone.message,
            ),
        ]

    def check_password(self, raw_password: str | None) -> bool:
        """Whether the password is right; a hash of older strength is renewed.

        Django renews it outside any action, so it would have no digest.
        """
        return check_password(raw_password, self.password, self.renew_password_hash)

    @digested
    def renew_password_hash(self, raw_password: str) -> None:
        """Store the hash of the same password at today's strength."""
        self.set_password(raw_password)
        self._password = None  # not set by a person: no former password is kept
        self.save(update_fields=["password"])

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def choice_label(self) -> str:
        """What the person is called where an account is chosen among many.

        Several have the same name; the username and where they work tell them apart.
        """
        held = self.role_assignments_today()
        names = dict.fromkeys(str(a.organization or a.unit or "") for a in held)
        parts = [f"{self} ({self.username})", *names]
        return " · ".join(part for part in parts if part)

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

    @property
    def scope_label(self) -> str:
        """What the person has roles over, in words."""
        names = (
            str(one.organization or one.unit or one.get_role_display())
            for one in self.role_assignments_today()
        )
        return "、".join(dict.fromkeys(names))

    @cached_property
    def _scope_of_request(self) -> Scope:
        return self._read_scope()

    @cached_property
    def _role_assignments_of_request(self) -> "list[RoleAssignment]":
        return self._read_role_assignments()

    def _read_scope(self) -> Scope:
        grants = tuple(assignment.grant for assignment in self.role_assignments_today())
        return Scope(grants, self._read_member_pk(), _guided_grants(grants))

    def _read_member_pk(self) -> int | None:
        if self.caches_scope:
            return self.member_pk
        member = getattr(self, "member", None)
        return member.pk if member is not None else None

    def _read_role_assignments(self) -> "list[RoleAssignment]":
        # Every request reads them: what a scope and the menu need of two wide tables.
        held = self.role_assignments.current().select_related("organization", "unit")
        columns = ("organization__path", "organization__name", "unit__name")
        return list(held.only("user", "role", *columns))

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
