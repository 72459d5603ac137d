"""A question for a place's opinion about somebody (征求意见), and its answer."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case
from core.db.constraints import plausible_dates
from core.db.fields import NumberTextField
from core.db.signatures import signature
from core.months import today
from members.enums import Opinion, OpinionState
from members.models.member import Member
from members.querysets import OpinionRequestQuerySet
from organizations.models import Organization, Unit

OPEN = Q(opinion="", reasons="", answered_on=None)
ANSWERED = (
    ~Q(opinion="")
    & ~Q(reasons="")
    & Q(answered_on__isnull=False)
    & Q(withdrawn_on=None)
)


class OpinionRequest(models.Model):
    """A place is asked for its opinion before somebody is honoured or appointed.

    A unit or a Party body asks the community before it honours a member (S0-25); who
    appoints the head of a local office asks the street (S4-24). That head is named in
    words: they may be no member here. The answer keeps what was on record of check-in
    and service on its day. No answer by the day is shown as no answer.
    """

    case = models.OneToOneField(
        Case, models.PROTECT, related_name="opinion_request", verbose_name=_("case")
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinion_requests",
        verbose_name=_("member"),
    )
    person = models.CharField(_("person asked about"), max_length=50, blank=True)
    position = models.CharField(_("post of the person"), max_length=60, blank=True)
    workplace = models.CharField(_("unit of the person"), max_length=80, blank=True)
    asker = models.CharField(_("who asks"), max_length=80)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinion_requests",
        verbose_name=_("unit that asks"),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinion_requests",
        verbose_name=_("Party organization that asks"),
    )
    asked_by = signature(_("asked by"))
    number = NumberTextField(_("number of the letter"), max_length=40, blank=True)
    question = models.CharField(pgettext_lazy("opinion", "question"), max_length=300)
    opinion = models.CharField(_("opinion"), max_length=10, choices=Opinion, blank=True)
    reasons = models.CharField(_("reasons of the opinion"), max_length=300, blank=True)
    facts = models.JSONField(
        _("on record on the day of the answer"), default=list, blank=True
    )
    reply_number = NumberTextField(_("number of the reply"), max_length=40, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = signature(_("answered by"))
    withdrawn_on = models.DateField(
        pgettext_lazy("opinion", "withdrawn on"), null=True, blank=True
    )

    objects = OpinionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion asked for")
        verbose_name_plural = _("opinions asked for")
        ordering = ["-pk"]
        constraints = [
            plausible_dates(
                *("answered_on", "withdrawn_on"), name="opinionrequest_plausible_dates"
            ),
            models.CheckConstraint(
                condition=Q(member=None) & ~Q(person="")
                | Q(member__isnull=False, person=""),
                name="opinionrequest_about_somebody",
                violation_error_message=_(
                    "An opinion is asked about a member, or about a person named in"
                    " words. Nothing was saved: name one of them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(unit=None) | Q(organization=None),
                name="opinionrequest_one_asker",
                violation_error_message=_(
                    "Either a unit asks or a Party organization. Nothing was saved."
                ),
            ),
            models.CheckConstraint(
                condition=OPEN | ANSWERED,
                name="opinionrequest_answer_is_whole",
                violation_error_message=_(
                    "An answer says agree, disagree or reservations, and gives the"
                    " reasons in words. Nothing was saved: fill in both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(unit=None, organization=None)
                | Q(answered_by=None)
                | Q(asked_by=None)
                | ~Q(answered_by=F("asked_by")),
                name="opinionrequest_not_of_oneself",
                violation_error_message=_(
                    "Who asked for the opinion does not give it. Nothing was saved:"
                    " somebody else of the place answers."
                ),
            ),
            models.UniqueConstraint(
                fields=["member", "asker"],
                condition=Q(opinion="", withdrawn_on=None, member__isnull=False),
                name="opinionrequest_one_open",
                violation_error_message=_(
                    "An opinion about this member was asked for already and is not"
                    " answered yet. Nothing was saved: open that one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.case.kind.name}"

    def get_absolute_url(self) -> str:
        """The page of the question."""
        return reverse("members:opinion", args=[self.pk])

    @property
    def name(self) -> str:
        """Who the opinion is about."""
        return self.member.name if self.member is not None else self.person

    @property
    def is_open(self) -> bool:
        """Whether the place has not answered, and is still asked."""
        return not self.opinion and self.withdrawn_on is None

    @property
    def state(self) -> OpinionState:
        """Where the question stands today."""
        return self.state_on(today())

    def state_on(self, day: dt.date) -> OpinionState:
        """Return where the question stands on a day: silence is shown as silence."""
        if self.withdrawn_on is not None:
            return OpinionState.WITHDRAWN
        due = self.case.due_on
        if self.answered_on is None:
            return OpinionState.UNANSWERED if due < day else OpinionState.WAITING
        return OpinionState.LATE if self.answered_on > due else OpinionState.ANSWERED
