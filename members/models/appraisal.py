"""The yearly appraisal of members (民主评议党员): a branch's round, and each grade."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from members.enums import AppraisalPart, Grade, NoGrade, RoundState
from members.models.member import Member
from members.querysets import AppraisalQuerySet, AppraisalRoundQuerySet
from organizations.enums import ThresholdKey
from organizations.lifetimes import inside_life
from organizations.models import Organization, Threshold

FIRST_YEAR, LAST_YEAR = 1980, 2100


def most_excellent(members: int, share: int) -> int:
    """Return how many full members one in `share` of them is; none if that is zero."""
    return members // share if share else 0


class AppraisalRound(models.Model):
    """A branch's appraisal of a year: on which basis, and at the meeting of which day.

    Who takes part is who belonged to the branch on that day. It counts in `month` once
    it is closed: the month of the day, or the first open one after it.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="appraisal_rounds",
        verbose_name=_("Party organization"),
    )
    year = models.PositiveSmallIntegerField(_("year appraised"))
    held_on = models.DateField(_("day of the meeting"))
    basis = models.CharField(_("basis (document and number)"), max_length=100)
    state = models.CharField(
        _("state"), max_length=10, choices=RoundState, default=RoundState.OPEN
    )
    month = models.DateField(_("counted in"), null=True, blank=True, editable=False)
    reason = models.CharField(_("why it was voided"), max_length=200, blank=True)

    edited_with = ("appraisals",)

    triggers = inside_life("appraisalround", "held_on")
    objects = AppraisalRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("appraisal of a branch")
        verbose_name_plural = _("appraisals of branches")
        ordering = ["-year", "organization__path", "pk"]
        constraints = [
            plausible_dates("held_on", "month", name="appraisalround_plausible_dates"),
            bounded(
                "year",
                least=FIRST_YEAR,
                most=LAST_YEAR,
                name="appraisalround_year_bounds",
            ),
            models.UniqueConstraint(
                fields=["organization", "year"],
                condition=~Q(state=RoundState.VOIDED),
                name="appraisalround_once_a_year",
                violation_error_message=_(
                    "This branch has an appraisal of that year already. Nothing was"
                    " saved: open that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.CLOSED, month__isnull=False)
                | ~Q(state=RoundState.CLOSED) & Q(month=None),
                name="appraisalround_closed_counts",
                violation_error_message=_("A closed appraisal counts in a month."),
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.VOIDED) & ~Q(reason="")
                | ~Q(state=RoundState.VOIDED) & Q(reason=""),
                name="appraisalround_voided_with_a_reason",
                violation_error_message=_("An appraisal is voided with a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization.name} · {self.year}"

    def get_absolute_url(self) -> str:
        """The page of the appraisal."""
        return reverse("members:appraisal", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether grades are still entered."""
        return self.state == RoundState.OPEN

    def most_excellent(self, members: int) -> int:
        """Return how many of so many full members can be excellent (R-44).

        By the share in force on the day of the meeting.
        """
        share = Threshold.objects.on(ThresholdKey.EXCELLENT_SHARE, self.held_on)
        return most_excellent(members, share)


class Appraisal(models.Model):
    """One member in a branch's appraisal of a year.

    Full members get one of four grades, or it is said why not; probationary ones take
    part without a grade (R-45), and those whose membership is suspended do not.
    """

    round = models.ForeignKey(
        AppraisalRound,
        models.PROTECT,
        related_name="appraisals",
        verbose_name=_("appraisal of a branch"),
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="appraisals", verbose_name=_("member")
    )
    part = models.CharField(_("takes part"), max_length=12, choices=AppraisalPart)
    away = models.BooleanField(_("mobile member"), default=False)
    grade = models.CharField(_("grade"), max_length=12, choices=Grade, blank=True)
    no_grade = models.CharField(
        _("why there is no grade"), max_length=12, choices=NoGrade, blank=True
    )

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("appraisal of a member")
        verbose_name_plural = _("appraisals of members")
        ordering = ["round", "member__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "member"],
                name="appraisal_once_a_round",
                violation_error_message=_("The member is on this list already."),
            ),
            models.CheckConstraint(
                condition=Q(part=AppraisalPart.GRADED) | Q(grade="", no_grade=""),
                name="appraisal_grade_of_full_members",
                violation_error_message=_(
                    "Probationary members take part in the appraisal and get no grade."
                ),
            ),
            models.CheckConstraint(
                condition=Q(grade="") | Q(no_grade=""),
                name="appraisal_grade_or_reason",
                violation_error_message=_(
                    "Somebody has a grade, or a reason for having none, and not both."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.name} · {self.outcome}"

    @property
    def outcome(self) -> str:
        """The grade, or why there is none, in words."""
        if self.part != AppraisalPart.GRADED:
            return self.get_part_display()
        return self.get_grade_display() or self.get_no_grade_display() or "—"
