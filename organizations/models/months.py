"""Which months are closed, and which figures wait to be recounted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import format_month
from core.db.digests import EVERY_COLUMN
from core.db.triggers import AppendOnly
from organizations.enums import MonthStatus
from organizations.models.tree import Organization
from organizations.querysets import MonthStateQuerySet

FIRST_OF_MONTH = Q(month__day=1)


class MonthState(models.Model):
    """One month of the organization that files it.

    A month is closed where its own row says so, or that of a later month: what lies
    before the first month that was ever filed is closed together with that.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="month_states",
        verbose_name=_("organization"),
    )
    month = models.DateField(_("month"))
    status = models.CharField(
        _("status"), max_length=10, choices=MonthStatus, default=MonthStatus.OPEN
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )

    triggers = (AppendOnly("monthstate_closed", "OLD.status = 'closed'"),)
    objects = MonthStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("month state")
        verbose_name_plural = _("month states")
        ordering = ["-month", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "month"],
                name="monthstate_once",
                violation_error_message=_("This month already has a state."),
            ),
            models.CheckConstraint(
                condition=FIRST_OF_MONTH,
                name="monthstate_is_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(status=MonthStatus.OPEN) | Q(closed_at__isnull=False),
                name="monthstate_closed_has_time",
                violation_error_message=_("A closed month says when it was closed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {format_month(self.month)}"


class RecountRequest(models.Model):
    """Figures of an organization, from a month on, no longer fit the facts.

    Actions only insert requests, so that writers never wait for one another; the
    worker that recounts the figures deletes them.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="+", verbose_name=_("organization")
    )
    month = models.DateField(_("from month"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    # A request that is gone once it is served.
    without_digest = EVERY_COLUMN

    class Meta:
        verbose_name = _("recount request")
        verbose_name_plural = _("recount requests")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organization} {format_month(self.month)}"
