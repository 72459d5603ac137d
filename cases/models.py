"""Kinds of case, cases and their steps."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.enums import CaseState
from cases.querysets import CaseKindQuerySet, CaseQuerySet, CaseStepQuerySet
from core.db.bounds import bounded
from core.db.constraints import both_or_neither, plausible_dates
from core.db.signatures import signature
from organizations.lifetimes import inside_life
from organizations.models import Organization
from organizations.roles import Role

MOST_WORKDAYS = 250


class CaseKind(models.Model):
    """A kind of case: who deals with it, in how many working days, by which steps.

    Of a kind with details an app keeps a row beside each case, and closes the case by
    a decision of its own. Kinds that ask for an opinion are data: an office adds those
    that it needs, and their role says whether a community or a street is asked.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40)
    role = models.CharField(_("role in charge"), max_length=20, choices=Role)
    workdays = models.PositiveSmallIntegerField(_("to be settled in (working days)"))
    steps = models.JSONField(_("usual steps"), default=list, blank=True)
    has_details = models.BooleanField(_("ends by a decision"), default=False)
    asks_opinion = models.BooleanField(_("asks for an opinion"), default=False)

    objects = CaseKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of case")
        verbose_name_plural = _("kinds of case")
        ordering = ["name", "pk"]
        constraints = [
            bounded("workdays", least=1, most=MOST_WORKDAYS, name="casekind_workdays"),
            models.CheckConstraint(
                condition=Q(asks_opinion=False)
                | Q(has_details=True, role__in=[Role.SECRETARY, Role.STREET_STAFF]),
                name="casekind_opinion_of_a_place",
                violation_error_message=_(
                    "A community or a street is asked for an opinion. Nothing was"
                    " saved: choose “Community secretary” or “Street staff” as the"
                    " role."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """A matter that somebody deals with by a day, until there is an answer.

    It knows its title and its place; whom it is about stands in the row that the app
    of its kind keeps beside it. A case that waits for an owner is everybody's who
    holds the role of its kind at its place.
    """

    kind = models.ForeignKey(
        CaseKind, models.PROTECT, related_name="cases", verbose_name=_("kind")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="cases",
        verbose_name=_("Party organization"),
    )
    title = models.CharField(_("matter"), max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("person in charge"),
    )
    opened_on = models.DateField(_("case opened on"))
    opened_by = signature(_("opened by"))
    due_on = models.DateField(_("due on"))
    escalated_on = models.DateField(
        _("reported upwards on"), null=True, blank=True, editable=False
    )
    escalated_to = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("reported to"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=CaseState, default=CaseState.OPEN
    )
    closed_on = models.DateField(
        _("case closed on"), null=True, blank=True, editable=False
    )
    closed_by = signature(_("case closed by"))
    answer = models.CharField(_("result"), max_length=300, blank=True)

    triggers = inside_life("case", "opened_on", "organization_id", "escalated_to_id")
    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["due_on", "pk"]
        constraints = [
            plausible_dates(
                *("opened_on", "due_on", "escalated_on", "closed_on"),
                name="case_plausible_dates",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, closed_on=None, answer="")
                | Q(state__in=[CaseState.ANSWERED, CaseState.VOIDED])
                & Q(closed_on__isnull=False)
                & ~Q(answer=""),
                name="case_closes_with_a_result",
                violation_error_message=_(
                    "A case closes on a day and with a result in words. Nothing was"
                    " saved: write what came of it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")),
                name="case_due_after_opening",
                violation_error_message=_(
                    "A case is not due before it was opened. Nothing was saved: check"
                    " the days."
                ),
            ),
            both_or_neither(
                "escalated_on",
                "escalated_to",
                name="case_escalates_to_somebody",
                message=_("Whatever is reported upwards is reported to somebody."),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="case_due_index")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return reverse("cases:detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether the case waits for somebody."""
        return self.state == CaseState.OPEN

    def is_overdue(self, day: dt.date) -> bool:
        """Whether the case is open beyond its deadline."""
        return self.is_open and self.due_on < day


class CaseStep(models.Model):
    """Something that was done about a case: what, when, by whom."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="steps", verbose_name=_("case")
    )
    taken_on = models.DateField(_("done on"))
    name = models.CharField(_("step"), max_length=40)
    note = models.CharField(_("what came of it"), max_length=300, blank=True)
    taken_by = signature(_("done by"))

    objects = CaseStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")
        ordering = ["taken_on", "pk"]
        constraints = [
            plausible_dates("taken_on", name="casestep_plausible_dates"),
        ]

    def __str__(self) -> str:
        return self.name
