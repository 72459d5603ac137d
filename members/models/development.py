"""People on their way to membership, the steps they took, and who decided."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.fields import EncryptedTextField, NumberTextField
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from core.identity import mask_identity_number, mask_phone
from core.pinyin import SortKeyField
from members.enums import (
    DevelopmentStage,
    DevelopmentState,
    DevelopmentStepKind,
    Sex,
)
from members.models.member import Member
from members.querysets import DevelopmentQuerySet, DevelopmentStepQuerySet
from organizations.models import Organization

ValidSteps = ValidRowsManager.from_queryset(DevelopmentStepQuerySet)
K = DevelopmentStepKind
WITH_TWO_PEOPLE = (K.ACTIVIST, K.MEETING)
WITH_NUMBER = (K.PRE_APPROVED, K.APPROVED)


class Development(models.Model):
    """One person on the way to membership, who is no member yet (R-33).

    Nobody here counts as a member. The days on which the stages began copy the steps of
    those names; `member` is the record that the finished development led to.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="developments",
        verbose_name=_("Party organization"),
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    sound = models.CharField(max_length=200, blank=True, editable=False)
    sort_key = SortKeyField(blank=True, editable=False, db_index=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)
    id_number = EncryptedTextField(_("identity number"), mask=mask_identity_number)
    id_index = models.CharField(max_length=64, editable=False)
    birth_date = models.DateField(_("birth date"))
    phone = EncryptedTextField(
        _("mobile phone"), mask=mask_phone, null=True, blank=True
    )
    phone_index = models.CharField(  # noqa: DJ001 -- none is not a phone
        max_length=64, null=True, blank=True, db_index=True, editable=False
    )
    ethnicity = models.CharField(_("ethnic group"), max_length=20, blank=True)
    education = models.CharField(_("education"), max_length=20, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DevelopmentState,
        default=DevelopmentState.OPEN,
    )
    applied_on = models.DateField(_("applied on"))
    activist_on = models.DateField(_("activist since"), null=True, blank=True)
    candidate_on = models.DateField(_("candidate since"), null=True, blank=True)
    closed_on = models.DateField(_("finished on"), null=True, blank=True)
    reason = models.CharField(_("why it was stopped"), max_length=200, blank=True)
    member = models.OneToOneField(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="development",
        verbose_name=_("member"),
    )

    objects = DevelopmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("person on the way to membership")
        verbose_name_plural = _("people on the way to membership")
        ordering = ["sort_key", "pk"]
        constraints = [
            plausible_dates(
                "birth_date",
                "applied_on",
                "activist_on",
                "candidate_on",
                "closed_on",
                name="development_plausible_dates",
            ),
            models.UniqueConstraint(
                fields=["id_index"],
                condition=Q(state=DevelopmentState.OPEN),
                name="development_one_open",
                violation_error_message=_(
                    "This person is on the way to membership already. Nothing was"
                    " saved: open that record."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(activist_on=None) | Q(activist_on__gte=F("applied_on")))
                & (
                    Q(candidate_on=None)
                    | Q(activist_on__isnull=False, candidate_on__gte=F("activist_on"))
                )
                & (Q(closed_on=None) | Q(closed_on__gte=F("applied_on"))),
                name="development_stages_in_order",
                violation_error_message=_(
                    "The stages follow each other: application, activist, candidate,"
                    " admission. Nothing was saved: check the days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DevelopmentState.OPEN, closed_on=None, member=None, reason=""
                )
                | Q(
                    state=DevelopmentState.ADMITTED,
                    closed_on__isnull=False,
                    member__isnull=False,
                    candidate_on__isnull=False,
                    reason="",
                )
                | Q(
                    state=DevelopmentState.STOPPED,
                    closed_on__isnull=False,
                    member=None,
                )
                & ~Q(reason=""),
                name="development_finished_somehow",
                violation_error_message=_(
                    "A development ends with the record of a member, or with the"
                    " reason why it was stopped."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the person."""
        return reverse("members:development", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether the development goes on."""
        return self.state == DevelopmentState.OPEN

    @property
    def stage(self) -> DevelopmentStage:
        """The stage that the person has reached."""
        if self.candidate_on is not None:
            return DevelopmentStage.CANDIDATE
        if self.activist_on is not None:
            return DevelopmentStage.ACTIVIST
        return DevelopmentStage.APPLICANT

    @property
    def stage_since(self) -> dt.date:
        """The day on which that stage began."""
        return self.candidate_on or self.activist_on or self.applied_on

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, or nothing."""
        return mask_phone(self.phone) if self.phone else ""


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
