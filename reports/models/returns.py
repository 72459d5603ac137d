"""Returns and their lines."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from core.dates import format_month
from core.db.bounds import bounded
from core.db.money import HundredthsField
from core.db.sentences import empty_or_sentence
from core.db.triggers import AppendOnly, Forbidden
from core.months import today
from organizations.models import Organization
from reports.enums import OPEN_STATES, ReturnState
from reports.models.forms import ReturnFormLine
from reports.models.rounds import ReturnRound
from reports.querysets import (
    MonthlyReturnQuerySet,
    ReturnLineQuerySet,
)

ACCOUNT = settings.AUTH_USER_MODEL
BEYOND_ITS_UNIT = """
NEW.reported <> NEW.computed AND NEW.reported > 100 * (
    SELECT most FROM reports_returnformline WHERE id = NEW.form_line_id)
"""


class MonthlyReturn(models.Model):
    """One community's return of one month, from draft to acceptance."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="monthly_returns",
        verbose_name=_("community"),
    )
    month = models.DateField(_("month"))
    round = models.ForeignKey(
        ReturnRound, models.PROTECT, related_name="returns", verbose_name=_("round")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=ReturnState, default=ReturnState.DRAFT
    )
    narrative = models.TextField(_("account of the month"), max_length=2000, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        ACCOUNT,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        ACCOUNT,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    return_reason = models.CharField(
        _("why it was returned"), max_length=200, blank=True
    )
    answer = models.CharField(_("answer to the street"), max_length=200, blank=True)
    extended_to = models.DateField(
        _("deadline extended to"), null=True, blank=True, editable=False
    )
    reminded_on = models.DateField(
        _("reminded on"), null=True, blank=True, editable=False
    )

    bookkeeping = ("reminded_on", "extended_to")
    triggers = (AppendOnly("monthlyreturn_frozen", "OLD.state = 'accepted'"),)
    objects = MonthlyReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly return")
        verbose_name_plural = _("monthly returns")
        ordering = ["-month", "organization__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "month", "version"],
                name="monthlyreturn_version_once",
                violation_error_message=_(
                    "The community already has a return for this month."
                ),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="monthlyreturn_is_of_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="monthlyreturn_submitted_by_someone",
                violation_error_message=_(
                    "A submitted return says who submitted it, and when."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(ReturnState.DRAFT, ReturnState.SUBMITTED))
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="monthlyreturn_decided_by_someone",
                violation_error_message=_(
                    "A return that was decided on says who decided, and when."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.ACCEPTED)
                | ~Q(decided_by=F("submitted_by")),
                name="monthlyreturn_accepted_by_another",
                violation_error_message=_(
                    "A return is accepted by somebody else than who submitted it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.RETURNED) | ~Q(return_reason=""),
                name="monthlyreturn_returned_with_a_reason",
                violation_error_message=_(
                    "Say what is to be corrected before you return it."
                ),
            ),
            empty_or_sentence(
                "return_reason",
                name="monthlyreturn_return_reason_says_something",
            ),
            empty_or_sentence("answer", name="monthlyreturn_answer_says_something"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(state=ReturnState.RETURNED),
                name="monthlyreturn_answers_while_returned",
                violation_error_message=_(
                    "Only a return that was sent back is answered. Nothing was saved:"
                    " open it again to see where it is."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {format_month(self.month)}"

    def get_absolute_url(self) -> str:
        """The page with the form, filled in."""
        return reverse("reports:return", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether the community can still change it."""
        return self.state in OPEN_STATES

    @property
    def due_on(self) -> dt.date:
        """The day on which it is due: that of the round unless it was extended."""
        due_on: dt.date = self.extended_to or self.round.due_on
        return due_on

    @property
    def is_overdue(self) -> bool:
        """Whether its due day has passed and it is not submitted."""
        return self.is_open and self.due_on < today()

    @property
    def days_late(self) -> int:
        """How many days late it was submitted; 0 if in time, or if it is open."""
        if self.is_open or self.submitted_at is None:
            return 0
        return max((localdate(self.submitted_at) - self.due_on).days, 0)


class ReturnLine(models.Model):
    """One cell of a return: computed and reported number, and why the two differ."""

    monthly_return = models.ForeignKey(
        MonthlyReturn,
        models.PROTECT,
        related_name="lines",
        verbose_name=_("monthly return"),
    )
    form_line = models.ForeignKey(
        ReturnFormLine, models.PROTECT, related_name="+", verbose_name=_("line")
    )
    computed = HundredthsField(_("computed"))
    reported = HundredthsField(_("reported"))
    reason = models.CharField(_("explanation"), max_length=200, blank=True)
    frozen = models.BooleanField(_("published"), default=False, editable=False)

    triggers = (
        AppendOnly("returnline_frozen", "OLD.frozen"),
        *(
            Forbidden(
                f"returnline_beyond_its_unit_{event.lower()}",
                event=event,
                when=BEYOND_ITS_UNIT + changed,
                message="a typed number is larger than its line can be",
            )
            for event, changed in (
                ("INSERT", ""),
                ("UPDATE", "AND NEW.reported <> OLD.reported"),
            )
        ),
    )
    objects = ReturnLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a return")
        verbose_name_plural = _("lines of a return")
        ordering = ["monthly_return", "form_line__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["monthly_return", "form_line"],
                name="returnline_once",
                violation_error_message=_("The return already has this line."),
            ),
            models.CheckConstraint(
                condition=Q(reported=F("computed")) | ~Q(reason=""),
                name="returnline_differs_with_a_reason",
                violation_error_message=_(
                    "A number other than the computed one needs an explanation."
                ),
            ),
            bounded(
                "reported",
                least=0,
                most=999_999_999_999,
                name="returnline_bounds",
                unless=Q(frozen=True) | Q(reported=F("computed")),
            ),
            models.CheckConstraint(
                condition=Q(reported=F("computed")) | Q(reported__gte=0),
                name="returnline_reports_no_less_than_none",
                violation_error_message=_(
                    "A number other than the computed one is 0 or more."
                ),
            ),
            empty_or_sentence(
                "reason",
                name="returnline_reason_says_something",
                unless=Q(frozen=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.monthly_return} {self.label}"

    @property
    def label(self) -> str:
        """The printed label, as it reads in the return's month."""
        return self.form_line.label_in(self.monthly_return.month)
