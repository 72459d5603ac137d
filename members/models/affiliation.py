"""Where a member formally counts, and for how long."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.constraints import NoOverlap, both_or_neither, in_order, plausible_dates
from members.enums import EndReason, StartReason
from members.models.member import Member
from members.querysets import AffiliationQuerySet
from organizations.models import Organization


class Affiliation(models.Model):
    """A member's formal affiliation (组织关系) with an organization, for a time (R-11).

    `start_month` and `end_month` are the months in which start and end count: the month
    of the day, or the first open one if the fact was recorded after closing.
    """

    member = models.ForeignKey(
        Member,
        models.PROTECT,
        related_name="affiliations",
        verbose_name=_("member"),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="affiliations",
        verbose_name=_("organization"),
    )
    starts_on = models.DateField(_("from"))
    start_month = models.DateField(_("counted from"), editable=False)
    start_reason = models.CharField(_("reason"), max_length=20, choices=StartReason)
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)
    end_month = models.DateField(
        _("counted until"), null=True, blank=True, editable=False
    )
    end_reason = models.CharField(
        _("reason of ending"), max_length=20, choices=EndReason, blank=True
    )

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("formal affiliation")
        verbose_name_plural = _("formal affiliations")
        ordering = ["member", "starts_on"]
        indexes = [
            models.Index(
                fields=["organization", "start_month", "end_month"],
                name="affiliation_counting",
            ),
        ]
        constraints = [
            plausible_dates("starts_on", "ends_on", name="affiliation_plausible_dates"),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ends_on=None),
                name="affiliation_one_open",
                violation_error_message=_(
                    "The member already has a formal affiliation, and there is only"
                    " ever one."
                ),
            ),
            NoOverlap(
                name="affiliation_no_overlap",
                keys=["member"],
                violation_error_message=_(
                    "Two formal affiliations of one member overlap."
                ),
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="affiliation_ends_after_start",
                message=_("A formal affiliation ends after the day it begins."),
            ),
            both_or_neither(
                "ends_on",
                "end_month",
                name="affiliation_end_is_counted",
                message=_("An ended affiliation says in which month its end counts."),
            ),
            models.CheckConstraint(
                condition=Q(end_month=None) | Q(end_month__gte=F("start_month")),
                name="affiliation_counts_in_order",
                violation_error_message=_("The end counts before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} @ {self.organization}"

    @property
    def is_late(self) -> bool:
        """Whether the beginning counts in a later month."""
        return self.start_month > self.starts_on
