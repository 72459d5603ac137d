"""Telephone calls about returns that are missing."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.constraints import plausible_dates
from core.db.triggers import AppendOnly
from reports.models.returns import MonthlyReturn
from reports.querysets import ReturnCallQuerySet


class ReturnCall(models.Model):
    """The street telephoned about a return that was not submitted: when, and with whom.

    It is a tick on the call list of a round, with a short note.
    """

    monthly_return = models.ForeignKey(
        MonthlyReturn,
        models.PROTECT,
        related_name="calls",
        verbose_name=_("monthly return"),
    )
    called_on = models.DateField(_("called on"))
    spoke_with = models.CharField(_("spoke with"), max_length=40)
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("called by"),
    )

    triggers = (AppendOnly("returncall_frozen"),)
    objects = ReturnCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call about a return")
        verbose_name_plural = _("calls about returns")
        ordering = ["monthly_return", "called_on", "pk"]
        constraints = [
            plausible_dates("called_on", name="returncall_plausible_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.monthly_return} {format_day(self.called_on)}"

    def get_absolute_url(self) -> str:
        """The return that the call was about."""
        return self.monthly_return.get_absolute_url()
