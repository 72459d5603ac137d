"""Rounds of returns."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import format_month
from organizations.models import Organization
from reports.models.forms import ReturnForm
from reports.querysets import ReturnRoundQuerySet


class ReturnRound(models.Model):
    """One month in which a street collects the returns of its communities."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="return_rounds",
        verbose_name=_("street"),
    )
    month = models.DateField(_("month"))
    form = models.ForeignKey(
        ReturnForm, models.PROTECT, related_name="rounds", verbose_name=_("form")
    )
    due_on = models.DateField(_("due on"))

    objects = ReturnRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of returns")
        verbose_name_plural = _("rounds of returns")
        ordering = ["-month", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "month"],
                name="returnround_once",
                violation_error_message=_("The street already collects this month."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="returnround_is_of_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("month")),
                name="returnround_due_after_the_month_began",
                violation_error_message=_("A return cannot be due before its month."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {format_month(self.month)}"

    def get_absolute_url(self) -> str:
        """The page of who has submitted and who is late."""
        return reverse("reports:round", args=[self.pk])
