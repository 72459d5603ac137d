"""Sign-in slips, and the consent that administrators' slips need."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import SignInSlipQuerySet, SlipConsentQuerySet
from core.dates import format_day
from core.db.constraints import both_or_neither


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

    # Wrong tries are counted outside actions.
    without_digest = ("tries",)

    class Meta:
        verbose_name = _("sign-in slip")
        verbose_name_plural = _("sign-in slips")
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return f"{self.user} {format_day(timezone.localtime(self.issued_at))}"


class SlipConsent(models.Model):
    """A second administrator's consent to a slip that opens an administrator's account.

    One administrator asks, another one agrees, then the one who asked prints the slip,
    once. Nobody alone can take over the account of an administrator.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="slip_consents", verbose_name=_("account")
    )
    asked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    agreed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreed by"),
    )
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    objects = SlipConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to a slip")
        verbose_name_plural = _("consents to slips")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None)
                | ~(Q(agreed_by=F("asked_by")) | Q(agreed_by=F("user"))),
                name="slipconsent_by_a_second_person",
                violation_error_message=_(
                    "A second administrator agrees: neither the one who asks nor the"
                    " one whose account is opened."
                ),
            ),
            both_or_neither(
                "agreed_by",
                "agreed_at",
                name="slipconsent_agreed_by_and_when",
                message=_("A consent says who agreed and when."),
            ),
            models.UniqueConstraint(
                fields=["user", "asked_by"],
                condition=Q(used_at=None),
                name="slipconsent_asked_once",
                violation_error_message=_("This consent was asked for already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {format_day(timezone.localtime(self.asked_at))}"
