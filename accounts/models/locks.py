"""Locks of signing in after too many wrong passwords."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import SignInLockQuerySet
from core.db.constraints import both_or_neither
from core.db.digests import EVERY_COLUMN


class SignInLock(models.Model):
    """Signing in is refused for a while: to an account, from an address, or both.

    `name` is the account's username, or a digest of a name that no account has. A lock
    with a name alone, or with an address alone, does not hold where the account signed
    in before: a stranger can slow down other strangers, not the office.
    """

    name = models.CharField(_("name that was tried"), max_length=64, blank=True)
    user = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        related_name="sign_in_locks",
        verbose_name=_("account"),
    )
    address = models.CharField(_("address"), max_length=45, blank=True)
    locked_at = models.DateTimeField(_("locked at"), default=timezone.now)
    runs_out_at = models.DateTimeField(_("opens at"))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )

    without_digest = EVERY_COLUMN  # strangers' guesses write them by the hundred
    objects = SignInLockQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in lock")
        verbose_name_plural = _("sign-in locks")
        ordering = ["-locked_at", "-pk"]
        indexes = [
            models.Index(fields=["name", "address"], name="signinlock_key"),
            models.Index(fields=["address"], name="signinlock_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="", address=""),
                name="signinlock_of_something",
                violation_error_message=_("A lock names an account or an address."),
            ),
            models.CheckConstraint(
                condition=Q(runs_out_at__gt=F("locked_at")),
                name="signinlock_runs_out_after_it_began",
                violation_error_message=_("A lock ends after it began."),
            ),
            both_or_neither(
                "lifted_at",
                "lifted_by",
                name="signinlock_lifted_by_and_when",
                message=_("A lifted lock says who lifted it and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.address or _('A name that no account has')}"
