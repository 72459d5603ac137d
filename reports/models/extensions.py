"""Deadlines extended for single returns."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.constraints import plausible_dates
from core.db.sentences import empty_or_sentence
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from reports.models.returns import MonthlyReturn
from reports.querysets import DeadlineExtensionQuerySet

ValidExtensions = ValidRowsManager.from_queryset(DeadlineExtensionQuerySet)


class DeadlineExtension(Voidable):
    """A later due day for one community's return of one round, with the reason.

    The return is late only after that day. `was_due_on` is the day of the round. The
    return repeats the day in `extended_to`, so that lateness is read from one row.
    """

    monthly_return = models.ForeignKey(
        MonthlyReturn,
        models.PROTECT,
        related_name="extensions",
        verbose_name=_("monthly return"),
    )
    was_due_on = models.DateField(_("had been due on"), editable=False)
    due_on = models.DateField(_("extended to"))
    reason = models.CharField(_("reason"), max_length=200)
    made_at = models.DateTimeField(_("extended at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("extended by"),
    )

    objects = ValidExtensions()
    all_objects = DeadlineExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extended deadline")
        verbose_name_plural = _("extended deadlines")
        ordering = ["monthly_return", "pk"]
        constraints = [
            plausible_dates(
                *("was_due_on", "due_on", "voided_at"),
                name="deadlineextension_plausible_dates",
            ),
            void_has_reason("deadlineextension_voided_says_why"),
            empty_or_sentence("reason", name="deadlineextension_reason_says_something"),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("was_due_on")),
                name="deadlineextension_is_later",
                violation_error_message=_(
                    "An extended deadline is later than that of the round. Nothing was"
                    " saved: choose a later day."
                ),
            ),
            models.UniqueConstraint(
                fields=["monthly_return"],
                condition=NOT_VOIDED,
                name="deadlineextension_once",
                violation_error_message=_(
                    "The deadline of this return is extended already. Nothing was"
                    " saved: void that extension first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.monthly_return} {format_day(self.due_on)}"

    def get_absolute_url(self) -> str:
        """The return whose deadline it extends."""
        return self.monthly_return.get_absolute_url()
