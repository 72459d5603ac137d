"""Service records and the two persons who vouch for them."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.constraints import both_or_neither, plausible_dates
from core.db.triggers import Forbidden, Undeletable, frozen_columns
from members.models import Member
from organizations.lifetimes import inside_life
from organizations.models import Organization
from volunteering.enums import RecordState
from volunteering.models.claims import Claim
from volunteering.querysets import ServiceRecordQuerySet


class ServiceRecord(models.Model):
    """The hours served for one claim (服务记录): who recorded and who confirmed them.

    Hours count once they are confirmed; `month` is the month in which they do. What is
    confirmed is not changed any more: the whole confirmation may be taken back as long
    as its month is open.
    """

    claim = models.OneToOneField(
        Claim,
        models.PROTECT,
        related_name="record",
        verbose_name=_("claim"),
        error_messages={"unique": _("The service for this claim is recorded already.")},
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="service_records", verbose_name=_("member")
    )
    community = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="service_records",
        verbose_name=_("community"),
    )
    served_on = models.DateField(_("served on"))
    hours = models.DecimalField(_("hours served"), max_digits=4, decimal_places=1)
    remark = models.CharField(_("what was done"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RecordState, default=RecordState.SUBMITTED
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    month = models.DateField(_("counted in"), null=True, blank=True)
    return_reason = models.CharField(_("why returned"), max_length=200, blank=True)

    triggers = (
        Undeletable("servicerecord_stays"),
        Forbidden(
            "servicerecord_confirmed_stays",
            "UPDATE",
            "OLD.state = 'confirmed' AND NEW.state <> 'returned'",
            "confirmed hours are only handed back",
        ),
        frozen_columns(
            "servicerecord_confirmed_is_whole",
            *("claim_id", "member_id", "community_id", "served_on", "hours", "remark"),
            *("recorded_by_id", "recorded_at"),
            when="OLD.state = 'confirmed'",
        ),
        *inside_life("servicerecord", "served_on", "community_id"),
    )
    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("service record")
        verbose_name_plural = _("service records")
        ordering = ["-served_on", "-pk"]
        indexes = [
            models.Index(fields=["community", "month"], name="servicerecord_counting"),
            models.Index(fields=["member", "served_on"], name="servicerecord_contact"),
        ]
        constraints = [
            plausible_dates("served_on", name="servicerecord_plausible_dates"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")),
                name="servicerecord_two_persons",
                violation_error_message=_(
                    "Hours are confirmed by another person than the one who recorded"
                    " them."
                ),
            ),
            both_or_neither(
                "confirmed_by",
                "month",
                name="servicerecord_confirmed_is_counted",
                message=_("Confirmed hours say in which month they count."),
            ),
            models.CheckConstraint(
                condition=Q(state=RecordState.CONFIRMED, confirmed_by__isnull=False)
                | Q(
                    state__in=[RecordState.SUBMITTED, RecordState.RETURNED],
                    confirmed_by=None,
                ),
                name="servicerecord_confirmed_by_somebody",
                violation_error_message=_(
                    "Confirmed hours name who confirmed them, and no others do."
                ),
            ),
            models.CheckConstraint(
                condition=Q(hours__range=(Decimal("0.1"), Decimal(24))),
                name="servicerecord_hours_of_a_day",
                violation_error_message=_(
                    "Hours of one service are more than 0 and at most 24."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {format_day(self.served_on)}"

    def get_absolute_url(self) -> str:
        """The page of the post that was served."""
        return reverse("volunteering:detail", args=[self.claim.shift.post_id])
