"""The steps that people take on their way to membership, and who decided."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.fields import NumberTextField
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from members.enums import (
    DevelopmentStepKind,
)
from members.models.development import Development
from members.models.member import Member
from members.querysets import DevelopmentStepQuerySet

ValidSteps = ValidRowsManager.from_queryset(DevelopmentStepQuerySet)
K = DevelopmentStepKind
WITH_TWO_PEOPLE = (K.ACTIVIST, K.MEETING)
WITH_NUMBER = (K.PRE_APPROVED, K.APPROVED)


class DevelopmentStep(Voidable):
    """One step of a development: on which day, decided by whom, under which number.

    `after_on` copies the latest day of the steps that have to lie before this one. The
    two people are those who cultivate an activist, or who introduce a candidate at the
    branch meeting (R-34).
    """

    development = models.ForeignKey(
        Development,
        models.PROTECT,
        related_name="steps",
        verbose_name=_("person on the way to membership"),
    )
    kind = models.CharField(_("step"), max_length=12, choices=DevelopmentStepKind)
    happened_on = models.DateField(_("day"))
    after_on = models.DateField(null=True, blank=True, editable=False)
    first_person = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("first person"),
    )
    second_person = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("second person"),
    )
    voters = models.PositiveSmallIntegerField(
        _("all full members with a vote"), null=True, blank=True
    )
    in_favour = models.PositiveSmallIntegerField(
        _("votes in favour"), null=True, blank=True
    )
    hours = models.PositiveSmallIntegerField(
        _("hours of training"), null=True, blank=True
    )
    number = NumberTextField(_("document number"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = ValidSteps()
    all_objects = DevelopmentStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step towards membership")
        verbose_name_plural = _("steps towards membership")
        ordering = ["happened_on", "pk"]
        constraints = [
            plausible_dates(
                "happened_on",
                "after_on",
                "voided_at",
                name="developmentstep_plausible_dates",
            ),
            void_has_reason("developmentstep_voided_says_why"),
            models.UniqueConstraint(
                fields=["development", "kind"],
                condition=NOT_VOIDED & ~Q(kind=K.REVIEWED),
                name="developmentstep_once",
                violation_error_message=_(
                    "This step is on record already. Nothing was saved: take that one"
                    " back first, if it is wrong."
                ),
            ),
            models.CheckConstraint(
                condition=Q(after_on=None) | Q(happened_on__gte=F("after_on")),
                name="developmentstep_in_order",
                violation_error_message=_(
                    "The day is earlier than that of a step which has to come first."
                    " Nothing was saved: check both days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=WITH_TWO_PEOPLE,
                    first_person__isnull=False,
                    second_person__isnull=False,
                )
                & ~Q(first_person=F("second_person"))
                | ~Q(kind__in=WITH_TWO_PEOPLE)
                & Q(first_person=None, second_person=None),
                name="developmentstep_two_people",
                violation_error_message=_(
                    "This step needs two different full members. Nothing was saved:"
                    " choose both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=K.MEETING,
                    in_favour__isnull=False,
                    voters__isnull=False,
                    voters__gte=F("in_favour"),
                    voters__lt=F("in_favour") * 2,
                )
                | ~Q(kind=K.MEETING) & Q(voters=None, in_favour=None),
                name="developmentstep_over_half_of_all",
                violation_error_message=_(
                    "Admission needs more than half of all full members with a vote,"
                    " absent ones included. Nothing was saved: check both numbers."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WITH_NUMBER) & ~Q(number="")
                | ~Q(kind__in=WITH_NUMBER),
                name="developmentstep_has_a_number",
                violation_error_message=_(
                    "An approval has a document number. Nothing was saved: enter it."
                ),
            ),
            bounded(
                "voters",
                "in_favour",
                "hours",
                least=1,
                most=1000,
                name="developmentstep_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.development.name} · {self.get_kind_display()}"

    @property
    def details(self) -> str:
        """What else is on record of the step, in words."""
        people = [p.name for p in (self.first_person, self.second_person) if p]
        votes = ""
        if self.voters is not None:
            words = {"for": self.in_favour, "all": self.voters}
            votes = _("%(for)s of %(all)s votes in favour") % words
        hours = _("%(hours)s hours") % {"hours": self.hours} if self.hours else ""
        parts = ("、".join(people), votes, hours, self.number, self.note)
        return " · ".join(str(part) for part in parts if part)
