"""The activity certificate of a mobile member (流动党员活动证)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.constraints import in_order, plausible_dates
from core.db.fields import NumberTextField
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    VoidableFact,
    void_has_reason,
)
from members.enums import GROUNDS_OF_ISSUE, CertificateGround, CertificateOutcome
from members.models.member import Member
from members.querysets import ActivityCertificateQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidCertificates = ValidRowsManager.from_queryset(ActivityCertificateQuerySet)
HELD = Q(outcome="", closed_on=None)
CLOSED = ~Q(outcome="") & Q(closed_on__isnull=False)
STATED = Q(
    ground__in=GROUNDS_OF_ISSUE,
    issued_on__isnull=False,
    valid_until__isnull=False,
    contact_due_on__isnull=False,
    month__isnull=False,
)
UNSTATED = Q(
    ground="", issued_on=None, valid_until=None, contact_due_on=None, month=None
)
RULES: list[Any] = [
    plausible_dates(
        *("issued_on", "valid_until", "contact_due_on", "month", "closed_on"),
        name="activitycertificate_plausible_dates",
    ),
    in_order(
        "issued_on",
        "valid_until",
        name="activitycertificate_valid_after_the_issue",
        message=_(
            "A certificate is valid until a day after the issue. Nothing was saved:"
            " check both days."
        ),
    ),
    models.CheckConstraint(
        condition=STATED | UNSTATED,
        name="activitycertificate_issued_on_a_ground",
        violation_error_message=_(
            "A certificate is issued on a ground and for a period; of one from a"
            " register only the number is known."
        ),
    ),
    models.CheckConstraint(
        condition=~Q(number=""),
        name="activitycertificate_has_a_number",
        violation_error_message=_("A certificate has a number."),
    ),
    models.UniqueConstraint(
        fields=["issuer", "number"],
        condition=NOT_VOIDED,
        name="activitycertificate_number_once",
        violation_error_message=_(
            "A certificate with this number was issued before. Nothing was saved: check"
            " the number on the certificate."
        ),
    ),
    models.UniqueConstraint(
        fields=["member"],
        condition=NOT_VOIDED & Q(outcome=""),
        name="activitycertificate_one_held",
        violation_error_message=_(
            "This member has a certificate already. Nothing was saved: replace that"
            " one, or record its return first."
        ),
    ),
    models.CheckConstraint(
        condition=HELD | CLOSED,
        name="activitycertificate_closed_on_a_day",
        violation_error_message=_(
            "What became of a certificate has its day. Nothing was saved."
        ),
    ),
    models.CheckConstraint(
        condition=Q(closed_on=None)
        | Q(issued_on=None)
        | Q(closed_on__gte=F("issued_on")),
        name="activitycertificate_closed_after_the_issue",
        violation_error_message=_(
            "The day lies before the issue of the certificate. Nothing was saved: check"
            " the day."
        ),
    ),
    models.CheckConstraint(
        condition=~Q(outcome=CertificateOutcome.REPLACED) | ~Q(reason=""),
        name="activitycertificate_replaced_for_a_reason",
        violation_error_message=_("A certificate is replaced for a reason."),
    ),
    void_has_reason("activitycertificate_void_has_reason", "void_month"),
]


class ActivityCertificate(VoidableFact):
    """The certificate with which a mobile member takes part elsewhere (R-18).

    The holder attends and pays dues there, and has no vote there. `organization` is
    where the member belonged at the issue, `issuer` the street above it, within which
    a number is used once. Of certificates from a register only the number is known.
    The issue counts in `month`.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="certificates", verbose_name=_("member")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("Party organization"),
    )
    issuer = models.ForeignKey(
        Organization,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("issued by"),
    )
    number = NumberTextField(_("number of the certificate"), max_length=40)
    ground = models.CharField(
        _("ground"), max_length=10, choices=CertificateGround, blank=True
    )
    destination = models.CharField(_("destination"), max_length=80, blank=True)
    issued_on = models.DateField(_("certificate issued on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    contact_due_on = models.DateField(
        _("first contact by"), null=True, blank=True, editable=False
    )  # S2-43
    month = models.DateField(_("counted in"), null=True, blank=True, editable=False)
    outcome = models.CharField(
        _("what became of it"), max_length=10, choices=CertificateOutcome, blank=True
    )
    closed_on = models.DateField(
        _("no longer with the member since"), null=True, blank=True
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="replacement",
        verbose_name=_("replaces the certificate"),
    )

    triggers = inside_life(
        "activitycertificate",
        "issued_on",
        "organization_id",
        "issuer_id",
        voidable=True,
    )
    objects = ValidCertificates()
    all_objects = ActivityCertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity certificate")
        verbose_name_plural = _("activity certificates")
        ordering = ["-issued_on", "-pk"]
        constraints = RULES

    def __str__(self) -> str:
        return f"{self.member.name} {self.number}"

    def get_absolute_url(self) -> str:
        """The certificate's page."""
        return reverse("members:certificate", args=[self.pk])

    @property
    def is_held(self) -> bool:
        """Whether the certificate is with the member."""
        return not self.outcome and self.voided_at is None

    @property
    def state(self) -> str:
        """How the certificate stands, in words."""
        if self.voided_at is not None:
            day = format_day(timezone.localdate(self.voided_at))
            return str(_("Voided as a mistake on %(day)s") % {"day": day})
        if self.closed_on is None:
            return str(_("With the member"))
        words = {
            "outcome": self.get_outcome_display(),
            "day": format_day(self.closed_on),
        }
        return str(_("%(outcome)s, %(day)s") % words)
