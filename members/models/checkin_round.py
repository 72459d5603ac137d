"""A round of checking in, and the document on which it rests (S3-15)."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.db.constraints import NoOverlap, in_order, plausible_dates
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from core.months import today
from exchange.models import Document
from members.querysets import CheckInRoundQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidRounds = ValidRowsManager.from_queryset(CheckInRoundQuerySet)


class CheckInRound(Voidable):
    """A period in which a street asks in-service members to check in, and by what.

    Check-ins belong to the round by their day and community: nothing is copied, so a
    round entered late has those that were made before.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="check_in_rounds",
        verbose_name=_("street"),
    )
    title = models.CharField(pgettext_lazy("round", "name of the round"), max_length=60)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document it rests on"),
    )
    basis = models.CharField(
        _("document it rests on: title and number"), max_length=180, blank=True
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"))
    expected = models.CharField(
        pgettext_lazy("round", "what is expected"), max_length=300, blank=True
    )

    triggers = inside_life("checkinround", "starts_on", lasting=True, voidable=True)
    objects = ValidRounds()
    all_objects = CheckInRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of checking in")
        verbose_name_plural = _("rounds of checking in")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "voided_at"),
                name="checkinround_plausible_dates",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="checkinround_ends_after_start",
                message=_("A round lasts a day at least."),
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(basis=""),
                name="checkinround_rests_on_a_document",
                violation_error_message=_(
                    "Say on which document the round rests: choose it, or write its"
                    " title and number."
                ),
            ),
            NoOverlap(
                name="checkinround_no_overlap",
                keys=["organization"],
                condition=NOT_VOIDED,
                violation_error_message=_(
                    "The street has a round on some of these days already. Nothing was"
                    " saved: a check-in belongs to one round."
                ),
            ),
            void_has_reason("checkinround_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.organization.name} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of the round."""
        return reverse("members:check_in_round", args=[self.pk])

    @property
    def last_day(self) -> dt.date:
        """The last day of the round."""
        return self.ends_on - dt.timedelta(days=1)

    @property
    def has_not_begun(self) -> bool:
        """Whether its first day is still to come."""
        return self.starts_on > today()

    @property
    def day(self) -> dt.date:
        """The day on which it is looked at: today, or the last one once it is over."""
        return min(self.last_day, today())

    @property
    def basis_text(self) -> str:
        """Title and number of the document on which the round rests."""
        return str(self.document) if self.document is not None else self.basis
