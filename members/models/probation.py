"""What was decided about the probation of members (预备期)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.fields import NumberTextField
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    VoidableFact,
    void_has_reason,
)
from members.enums import EXTENSION_MONTHS, FINAL_OUTCOMES, ProbationOutcome
from members.models.member import Member
from members.querysets import ProbationDecisionQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidDecisions = ValidRowsManager.from_queryset(ProbationDecisionQuerySet)


class ProbationDecision(VoidableFact):
    """A decision of the branch meeting about a probation, and its approval (R-32).

    `due_on` is when the probation ran out by then; it counts in `month`, that of the
    approval or the first open one after it.
    """

    member = models.ForeignKey(
        Member,
        models.PROTECT,
        related_name="probation_decisions",
        verbose_name=_("member"),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="probation_decisions",
        verbose_name=_("Party organization"),
    )
    outcome = models.CharField(_("decision"), max_length=10, choices=ProbationOutcome)
    decided_on = models.DateField(_("branch meeting decided on"))
    voters = models.PositiveSmallIntegerField(_("all full members with a vote"))
    in_favour = models.PositiveSmallIntegerField(_("votes in favour"))
    approved_on = models.DateField(_("approved by the superior on"))
    number = NumberTextField(_("number of the approval"), max_length=40)
    months = models.PositiveSmallIntegerField(
        _("extended by (months)"), null=True, blank=True
    )
    started_on = models.DateField(_("probation began on"))
    due_on = models.DateField(_("probation ran until"))
    full_on = models.DateField(_("full member from"), null=True, blank=True)
    month = models.DateField(_("counted in"), editable=False)

    triggers = inside_life("probationdecision", "decided_on", voidable=True)
    objects = ValidDecisions()
    all_objects = ProbationDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a probation")
        verbose_name_plural = _("decisions on probations")
        ordering = ["decided_on", "pk"]
        constraints = [
            plausible_dates(
                "decided_on",
                "approved_on",
                "started_on",
                "due_on",
                "full_on",
                "month",
                "void_month",
                "voided_at",
                name="probationdecision_plausible_dates",
            ),
            void_has_reason("probationdecision_voided_says_why", "void_month"),
            models.UniqueConstraint(
                fields=["member", "started_on"],
                condition=NOT_VOIDED & Q(outcome=ProbationOutcome.EXTENDED),
                name="probationdecision_one_extension",
                violation_error_message=_(
                    "A probation is extended once only. Nothing was saved: decide on"
                    " full membership, or cancel."
                ),
            ),
            models.UniqueConstraint(
                fields=["member", "started_on"],
                condition=NOT_VOIDED & Q(outcome__in=FINAL_OUTCOMES),
                name="probationdecision_one_end",
                violation_error_message=_(
                    "The end of this probation is decided already. Nothing was saved."
                ),
            ),
            models.CheckConstraint(
                condition=Q(approved_on__gte=F("decided_on")),
                name="probationdecision_approved_after_meeting",
                violation_error_message=_(
                    "The superior approves what the branch meeting decided before."
                    " Nothing was saved: check both days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome=ProbationOutcome.EXTENDED,
                    months__isnull=False,
                    months__range=EXTENSION_MONTHS,
                )
                | ~Q(outcome=ProbationOutcome.EXTENDED) & Q(months=None),
                name="probationdecision_extension_bounds",
                violation_error_message=_(
                    "A probation is extended by six months at least and by a year at"
                    " most. Nothing was saved: check the months."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome=ProbationOutcome.PASSED,
                    full_on__isnull=False,
                    full_on__gte=F("due_on"),
                )
                | ~Q(outcome=ProbationOutcome.PASSED) & Q(full_on=None),
                name="probationdecision_full_after_probation",
                violation_error_message=_(
                    "Nobody becomes a full member before the probation is over."
                    " Nothing was saved: check the day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(voters__gte=F("in_favour"), voters__lt=F("in_favour") * 2),
                name="probationdecision_over_half_of_all",
                violation_error_message=_(
                    "A decision needs more than half of all full members with a vote,"
                    " absent ones included. Nothing was saved: check both numbers."
                ),
            ),
            bounded(
                "voters",
                "in_favour",
                least=1,
                most=1000,
                name="probationdecision_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.name} · {self.get_outcome_display()}"

    def get_absolute_url(self) -> str:
        """The page of the member."""
        return self.member.get_absolute_url()
