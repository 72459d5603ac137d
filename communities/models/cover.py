"""Which Party organization looks after a resident unit, through time."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.enums import CATCH_ALL, OWN_BRANCH
from communities.staffing_querysets import UnitCoverQuerySet
from core.dates import format_day
from core.db.constraints import NoOverlap, in_order, plausible_dates
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from organizations.lifetimes import inside_life
from organizations.models import Organization, Unit

ValidCovers = ValidRowsManager.from_queryset(UnitCoverQuerySet)


class UnitCover(Voidable):
    """How a unit is covered by a Party organization, from when to when.

    It has a branch of its own, belongs to a joint one, or the community looks after it
    as a catch-all (兜底) and names who is there for it. A unit without a row is
    covered by none. It is never changed: a wrong entry is voided, and a new kind of
    cover follows the former one.
    """

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="covers", verbose_name=_("resident unit")
    )
    kind = models.CharField(
        _("kind of cover"), max_length=20, help_text=_("Code list: cover_kinds")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="covers",
        verbose_name=_("covered by"),
    )
    contact = models.CharField(
        _("instructor or contact person"), max_length=40, blank=True
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until (exclusive)"), null=True, blank=True, editable=False
    )

    triggers = inside_life("unitcover", "starts_on", lasting=True, voidable=True)
    objects = ValidCovers()
    all_objects = UnitCoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("cover of a unit")
        verbose_name_plural = _("covers of units")
        ordering = ["unit", "-starts_on", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "voided_at"),
                name="unitcover_plausible_dates",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="unitcover_ends_after_start",
                message=_("A cover ends after the day from which it holds."),
            ),
            NoOverlap(
                name="unitcover_no_overlap",
                keys=["unit"],
                condition=NOT_VOIDED,
                violation_error_message=_(
                    "Another cover of this unit is on record for that time. Nothing was"
                    " saved: void that entry first, or choose a later day."
                ),
            ),
            NoOverlap(
                name="unitcover_own_branch_of_one_unit",
                keys=["organization"],
                condition=NOT_VOIDED & Q(kind=OWN_BRANCH),
                violation_error_message=_(
                    "This branch is another unit's own branch at that time. Nothing was"
                    " saved: choose another branch, or end that cover first."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind=CATCH_ALL) | ~Q(contact=""),
                name="unitcover_catch_all_has_a_contact",
                violation_error_message=_(
                    "Somebody is there for a unit that the community looks after."
                    " Nothing was saved: name the instructor or contact person."
                ),
            ),
            void_has_reason("unitcover_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.organization} {format_day(self.starts_on)}"

    def get_absolute_url(self) -> str:
        """The page of the unit."""
        return self.unit.get_absolute_url()

    @property
    def until(self) -> dt.date | None:
        """The last day of the cover."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None
