"""Published months, with the exact bytes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import format_month
from core.db.tree import PathField
from core.db.triggers import AppendOnly
from organizations.models import Organization
from reports.models.returns import MonthlyReturn
from reports.querysets import PublishedMonthQuerySet


class PublishedMonth(models.Model):
    """An accepted return as published: its bytes, their hash, the path it counted at.

    `figures` repeats the reported numbers by indicator, so that the next month's
    opening and the summaries need not decode the bytes.
    """

    monthly_return = models.OneToOneField(
        MonthlyReturn,
        models.PROTECT,
        related_name="published",
        verbose_name=_("monthly return"),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="published_months",
        verbose_name=_("organization"),
    )
    month = models.DateField(_("month"))
    path = PathField(_("path in that month"))
    content = models.BinaryField(_("what was published"))
    sha256 = models.CharField(_("hash"), max_length=64)
    figures = models.JSONField(_("reported figures"))
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("published by"),
    )

    triggers = (AppendOnly("publishedmonth_frozen"),)
    objects = PublishedMonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("published month")
        verbose_name_plural = _("published months")
        ordering = ["-month", "path"]
        indexes = [
            models.Index(fields=["month", "path"], name="publishedmonth_subtree")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "month"],
                name="publishedmonth_once",
                violation_error_message=_("This month is published already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="publishedmonth_is_of_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {format_month(self.month)}"
