"""Recruitment for seats: the call with its conditions, and who applied."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import ApplicantResult
from communities.models.body import Body, SeatKind
from communities.models.seat import NonMember, SeatHolding
from communities.staffing_querysets import ApplicantQuerySet, RecruitmentQuerySet
from core.dates import format_day
from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from core.months import today
from core.text import StrOrPromise
from members.models import Member

ValidRecruitments = ValidRowsManager.from_queryset(RecruitmentQuerySet)
ValidApplicants = ValidRowsManager.from_queryset(ApplicantQuerySet)
MOST_RECRUITED = 99
"""Seats that one call fills; more is a typing error."""


class Recruitment(Voidable):
    """A call for applications: which seats of a body, and what one must bring.

    Everybody may apply, in the Party or not, as far as the body takes them. The call
    stays open until its seats are filled or it is closed.
    """

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="recruitments", verbose_name=_("body")
    )
    kind = models.ForeignKey(
        SeatKind, models.PROTECT, related_name="+", verbose_name=_("seat")
    )
    seats = models.PositiveSmallIntegerField(_("seats to fill"), default=1)
    announced_on = models.DateField(_("announced on"))
    apply_until = models.DateField(_("last day for applications"))
    conditions = models.TextField(_("what one must bring"), max_length=1000)
    basis = models.CharField(_("document behind it"), max_length=120, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)

    objects = ValidRecruitments()
    all_objects = RecruitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("recruitment")
        verbose_name_plural = _("recruitments")
        ordering = ["-announced_on", "-pk"]
        constraints = [
            plausible_dates(
                *("announced_on", "apply_until", "closed_on", "voided_at"),
                name="recruitment_plausible_dates",
            ),
            models.CheckConstraint(
                condition=Q(apply_until__gte=F("announced_on")),
                name="recruitment_ends_after_it_was_announced",
                violation_error_message=_(
                    "People apply on the day of the announcement or later. Nothing was"
                    " saved: check both days."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(conditions=""),
                name="recruitment_says_what_one_must_bring",
                violation_error_message=_("A call says what one must bring."),
            ),
            bounded("seats", least=1, most=MOST_RECRUITED, name="recruitment_seats"),
            void_has_reason("recruitment_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.kind.name} {format_day(self.announced_on)}"

    def get_absolute_url(self) -> str:
        """The page of the recruitment."""
        return reverse("communities:recruitment", args=[self.pk])

    @property
    def state_label(self) -> StrOrPromise:
        """How far it has come; lists read how many were taken on with it."""
        if self.voided_at is not None:
            return _("Voided")
        if self.closed_on is not None:
            return pgettext_lazy("recruitment", "Closed")
        if getattr(self, "taken", 0) >= self.seats:
            return _("All seats filled")
        if self.apply_until < today():
            return pgettext_lazy("recruitment", "To be decided")
        return _("Taking applications")


class Applicant(Voidable):
    """Somebody who applied: a member or not, from which group, and what came of it."""

    recruitment = models.ForeignKey(
        Recruitment,
        models.PROTECT,
        related_name="applicants",
        verbose_name=_("recruitment"),
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications_for_seats",
        verbose_name=_("member"),
    )
    non_member = models.ForeignKey(
        NonMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications_for_seats",
        verbose_name=_("person who is no Party member"),
    )
    recruited_from = models.CharField(_("from which group"), max_length=20)
    applied_on = models.DateField(pgettext_lazy("recruitment", "applied on"))
    remark = models.CharField(_("what they bring"), max_length=200, blank=True)
    result = models.CharField(
        pgettext_lazy("recruitment", "result"),
        max_length=20,
        choices=ApplicantResult,
        blank=True,
        editable=False,
    )
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    holding = models.OneToOneField(
        SeatHolding,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="application",
        verbose_name=_("seat that was taken"),
    )

    objects = ValidApplicants()
    all_objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = _("applicant for a seat")
        verbose_name_plural = _("applicants for seats")
        ordering = ["recruitment", "applied_on", "pk"]
        constraints = [
            plausible_dates(
                *("applied_on", "decided_on", "voided_at"),
                name="applicant_plausible_dates",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, non_member=None)
                | Q(member=None, non_member__isnull=False),
                name="applicant_is_one_person",
                violation_error_message=_("An applicant is one person."),
            ),
            models.CheckConstraint(
                condition=Q(result="", decided_on=None)
                | ~Q(result="") & Q(decided_on__isnull=False),
                name="applicant_decided_on_a_day",
                violation_error_message=_("A decision has a result and its day."),
            ),
            models.CheckConstraint(
                condition=Q(result=ApplicantResult.TAKEN, holding__isnull=False)
                | ~Q(result=ApplicantResult.TAKEN) & Q(holding=None),
                name="applicant_taken_on_holds_a_seat",
                violation_error_message=_("Whoever is taken on takes a seat."),
            ),
            models.UniqueConstraint(
                fields=["recruitment", "member"],
                condition=NOT_VOIDED,
                name="applicant_member_once",
                violation_error_message=_("This person applied already."),
            ),
            models.UniqueConstraint(
                fields=["recruitment", "non_member"],
                condition=NOT_VOIDED,
                name="applicant_person_once",
                violation_error_message=_("This person applied already."),
            ),
            void_has_reason("applicant_voided_says_why"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the recruitment."""
        return self.recruitment.get_absolute_url()

    @property
    def person(self) -> Any:
        """The member or other person who applied."""
        return self.member or self.non_member

    @property
    def name(self) -> str:
        """The name of who applied."""
        return str(self.person.name)

    @property
    def is_undecided(self) -> bool:
        """Whether nothing came of it yet, or the seat that was taken was voided."""
        if self.voided_at is not None:
            return False
        if self.holding is not None:
            return self.holding.voided_at is not None
        return self.result == ""
