"""Counted figures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import format_month
from core.db.digests import EVERY_COLUMN
from core.db.money import HundredthsField
from core.db.tree import PathField
from figures.definitions import indicator_label
from figures.enums import Tier
from figures.querysets import FigureQuerySet
from organizations.models import Organization


class Figure(models.Model):
    """One indicator of one organization in one month, counted from the rows.

    `path` is the organization's path at the month's end, so that sums of a month follow
    that month's tree. A figure of 0 has no row. Figures that may not be summed, such as
    persons counted once, are stored for whole subtrees.
    """

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        related_name="figures",
        verbose_name=_("organization"),
    )
    path = PathField(_("path in that month"))
    month = models.DateField(_("month"))
    indicator = models.CharField(_("indicator"), max_length=40)
    tier = models.CharField(_("counted over"), max_length=10, choices=Tier)
    value = HundredthsField(_("value"))

    objects = FigureQuerySet.as_manager()

    # `verify` counts open months again; `ClosedFigures` holds digests of closed ones.
    without_digest = EVERY_COLUMN

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["-month", "path", "indicator"]
        indexes = [
            models.Index(fields=["month", "indicator", "path"], name="figure_subtree"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "month", "indicator", "tier"],
                name="figure_once",
                violation_error_message=_("The figure is counted already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="figure_is_of_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
        ]

    def __str__(self) -> str:
        label = indicator_label(self.indicator, self.month)
        return f"{self.organization} {format_month(self.month)} {label}"


class ClosedFigures(models.Model):
    """The keyed digest of an organization's figures of a month that closed.

    Rows may be corrected after their month has closed, so its figures cannot be counted
    again. The digest is made in the transaction that closes the month, and again by a
    recount that changes such a figure; `verify` compares it.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="closed_figures",
        verbose_name=_("organization"),
    )
    month = models.DateField(_("month"))
    digest = models.CharField(_("digest of the figures"), max_length=64)

    class Meta:
        verbose_name = _("figures of a closed month")
        verbose_name_plural = _("figures of closed months")
        ordering = ["-month", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "month"],
                name="closedfigures_once",
                violation_error_message=_("This month has a digest already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="closedfigures_is_of_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {format_month(self.month)}"
