"""The monthly review of a member who is away for long, or waits for a post."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.dates import format_month
from core.db.constraints import plausible_dates
from core.db.voidable import NOT_VOIDED, ValidRowsManager, VoidableFact, void_has_reason
from members.enums import ReviewFinding
from members.models.member import Member
from members.querysets import MonthlyReviewQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidReviews = ValidRowsManager.from_queryset(MonthlyReviewQuerySet)


class MonthlyReview(VoidableFact):
    """What was found of a member in a month: still away, back, or settled (S1-16).

    Reviewed are members who have been away for half a year, and those who wait for a
    post. It counts in `month`, at `organization`, where the member belonged then.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="reviews", verbose_name=_("member")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("Party organization"),
    )
    reviewed_on = models.DateField(_("reviewed on"))
    finding = models.CharField(
        _("what was found"), max_length=10, choices=ReviewFinding
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    month = models.DateField(_("counted in"), editable=False)

    triggers = inside_life("monthlyreview", "reviewed_on", voidable=True)
    objects = ValidReviews()
    all_objects = MonthlyReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly review of a member")
        verbose_name_plural = _("monthly reviews of members")
        ordering = ["-reviewed_on", "-pk"]
        constraints = [
            plausible_dates(
                "reviewed_on", "month", name="monthlyreview_plausible_dates"
            ),
            void_has_reason("monthlyreview_void_has_reason", "void_month"),
            models.UniqueConstraint(
                fields=["member", "month"],
                condition=NOT_VOIDED,
                name="monthlyreview_once_a_month",
                violation_error_message=_(
                    "One of these members was reviewed this month already. Nothing was"
                    " saved: open the page anew."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.name} {format_month(self.month)}"
