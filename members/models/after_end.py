"""What is on record of somebody on days after they ended or left."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.constraints import plausible_dates
from core.db.sentences import empty_or_sentence
from members.models.member import Member
from members.querysets import RecordAfterEndQuerySet
from organizations.models import Organization


class RecordAfterEnd(models.Model):
    """A record of a day after its member ended or left, for its keepers to settle.

    `kind` is the key of the registered `DatedRecords`, `record` that of the row. It is
    settled by correcting the row, the list or the end, and then goes; or by keeping the
    record with a reason, which stays.
    """

    kind = models.CharField(_("kind of record"), max_length=60)
    record = models.PositiveBigIntegerField(_("number of the record"), editable=False)
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="+", verbose_name=_("member")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    day = models.DateField(_("day of the record"))
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)
    kept_at = models.DateTimeField(_("kept at"), null=True, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kept as right by"),
    )
    reason = models.CharField(_("why it is right"), max_length=200, blank=True)

    objects = RecordAfterEndQuerySet.as_manager()

    class Meta:
        verbose_name = _("record after an end")
        verbose_name_plural = _("records after an end")
        ordering = ["day", "pk"]
        constraints = [
            plausible_dates("day", name="recordafterend_plausible_dates"),
            models.UniqueConstraint(
                fields=["kind", "record", "day"],
                name="recordafterend_once",
                violation_error_message=_("This record is noted already."),
            ),
            models.CheckConstraint(
                condition=Q(kept_at=None, kept_by=None, reason="")
                | Q(kept_at__isnull=False, kept_by__isnull=False) & ~Q(reason=""),
                name="recordafterend_kept_with_a_reason",
                violation_error_message=_(
                    "A record that is kept says who keeps it, and why."
                ),
            ),
            empty_or_sentence("reason", name="recordafterend_reason_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.member.name} {self.day}"
