"""Where a member formally counts, and for how long."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.triggers import Forbidden
from core.db.voidable import (
    ValidRowsManager,
    VoidableFact,
)
from core.months import month_of
from members.enums import EndReason, StartReason
from members.models.member import Member
from members.models.periods import period_rules
from members.querysets import AffiliationQuerySet
from organizations.fitting import sql_of_temporary
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidAffiliations = ValidRowsManager.from_queryset(AffiliationQuerySet)


class Affiliation(VoidableFact):
    """A member's formal affiliation (组织关系) with an organization, for a time (R-11).

    `start_month` and `end_month` are the months in which start and end count: the month
    of the day, or the first open one if the fact was recorded after closing. A newly
    admitted member counts from the month in which the superior approved the admission
    (`approved_on`), which may be months after joining (R-33).

    One voided after its month was closed is part of the adjustment of the first open
    month: its end never counts as a loss there.
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
    approved_on = models.DateField(_("admission approved on"), null=True, blank=True)
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)
    end_month = models.DateField(
        _("counted until"), null=True, blank=True, editable=False
    )
    end_reason = models.CharField(
        _("reason of ending"), max_length=20, choices=EndReason, blank=True
    )

    triggers = (
        Forbidden(
            "affiliation_with_no_temporary_branch",
            event="INSERT",
            when=f"NEW.voided_at IS NULL AND {sql_of_temporary('NEW.organization_id')}",
            message="members do not belong to a temporary branch",
        ),
        *inside_life("affiliation", "starts_on", lasting=True, voidable=True),
    )
    objects = ValidAffiliations()
    all_objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("formal affiliation")
        verbose_name_plural = _("formal affiliations")
        ordering = ["member", "starts_on", "pk"]
        indexes = [
            models.Index(
                fields=["organization", "start_month", "end_month"],
                name="affiliation_counting",
            ),
        ]
        constraints = [
            *period_rules(
                "affiliation",
                "approved_on",
                "start_month",
                "end_month",
                one_open=_(
                    "The member already has a formal affiliation, and there is only"
                    " ever one."
                ),
                no_overlap=_("Two formal affiliations of one member overlap."),
                order=_("A formal affiliation ends after the day it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None, end_month=None)
                | Q(ends_on__isnull=False, end_month__isnull=False)
                | Q(voided_at__isnull=False, end_month__isnull=False),
                name="affiliation_end_is_counted",
                violation_error_message=_(
                    "An ended affiliation says in which month its end counts."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    start_reason=StartReason.DEVELOPED, approved_on__isnull=False
                )
                | ~Q(start_reason=StartReason.DEVELOPED) & Q(approved_on=None),
                name="affiliation_admission_is_approved",
                violation_error_message=_(
                    "A newly admitted member has the day on which the superior approved"
                    " the admission, and no other member has one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(approved_on=None) | Q(approved_on__gte=F("starts_on")),
                name="affiliation_approved_after_start",
                violation_error_message=_(
                    "The admission was approved before the day from which the member"
                    " belongs here."
                ),
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
    def choice_label(self) -> str:
        """What tells the affiliation from one of a member of the same name."""
        return self.member.choice_label

    @property
    def gained_on(self) -> dt.date:
        """The day by which the beginning counts."""
        return self.approved_on or self.starts_on

    @property
    def lost_on(self) -> dt.date | None:
        """The day by which the end counts."""
        if self.ends_on is None and self.voided_at is not None:
            return timezone.localdate(self.voided_at)
        return self.ends_on

    @property
    def later_end_month(self) -> dt.date | None:
        """The month in which the end counts, if it is later than that of its day."""
        if self.ends_on is None or self.end_month is None:
            return None
        return self.end_month if self.end_month > month_of(self.ends_on) else None

    @property
    def is_late(self) -> bool:
        """Whether the beginning counts in a later month."""
        return self.start_month > self.gained_on
