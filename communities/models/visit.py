"""Visits to organizations and units: what was found, and what came of it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models.served import ServedPlace
from communities.visit_querysets import VisitQuerySet
from core.dates import format_day
from core.db.constraints import plausible_dates
from core.db.voidable import ValidRowsManager, Voidable, void_has_reason
from organizations.lifetimes import inside_life
from organizations.models import Organization, Unit

ValidVisits = ValidRowsManager.from_queryset(VisitQuerySet)


class Visit(Voidable):
    """A visit, or a talk or look into papers: what was found, and what came of it.

    It is made to an organization or to a resident unit of a community (S0-45, S4-26):
    by somebody who is there for the place (`place`), or by whoever is named, such as a
    leader of the county (S1-01). A problem is on the desk until somebody says what was
    done about it.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="visits",
        verbose_name=_("organization visited"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("resident unit visited"),
    )
    place = models.ForeignKey(
        ServedPlace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("place served"),
    )
    kind = models.CharField(
        _("kind of visit"),
        max_length=20,
        default="visit",
        help_text=_("Code list: visit_kinds"),
    )
    visitor = models.CharField(
        _("who visited, and their post"), max_length=80, blank=True
    )
    visited_on = models.DateField(_("visited on"))
    seen = models.TextField(_("what the visit found"), max_length=500)
    problem = models.TextField(_("problem to be solved"), max_length=500, blank=True)
    due_on = models.DateField(_("to be solved by"), null=True, blank=True)
    settled_on = models.DateField(
        pgettext_lazy("visit", "settled on"), null=True, editable=False
    )
    outcome = models.TextField(
        pgettext_lazy("visit", "what was done"),
        max_length=500,
        blank=True,
        editable=False,
    )

    triggers = inside_life("visit", "visited_on", voidable=True)
    objects = ValidVisits()
    all_objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-visited_on", "-pk"]
        constraints = [
            plausible_dates(
                *("visited_on", "due_on", "settled_on", "voided_at"),
                name="visit_plausible_dates",
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False) | ~Q(visitor=""),
                name="visit_made_by_somebody",
                violation_error_message=_("A visit names who made it."),
            ),
            models.CheckConstraint(
                condition=Q(due_on=None)
                | Q(due_on__gte=F("visited_on")) & ~Q(problem=""),
                name="visit_problem_is_due_later",
                violation_error_message=_(
                    "A day until which something is solved goes with a problem, and is"
                    " not before the visit. Nothing was saved: say what is to be"
                    " solved, or check the days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(settled_on=None, outcome="")
                | Q(settled_on__isnull=False, settled_on__gte=F("visited_on"))
                & ~Q(outcome="")
                & ~Q(problem=""),
                name="visit_settled_with_an_outcome",
                violation_error_message=_(
                    "A problem is settled on the day of the visit or later, and it is"
                    " said what was done."
                ),
            ),
            void_has_reason("visit_voided_says_why"),
        ]
        indexes = [
            models.Index(fields=["organization", "visited_on"], name="visit_made_to")
        ]

    def __str__(self) -> str:
        return f"{self.visited} {format_day(self.visited_on)}"

    def get_absolute_url(self) -> str:
        """The page of the visit."""
        return reverse("communities:visit", args=[self.pk])

    @property
    def visited(self) -> str:
        """Which unit was visited, or which organization."""
        return self.unit.name if self.unit else self.organization.name

    @property
    def made_by(self) -> str:
        """Who visited: whoever is named, or else who serves the place."""
        if self.visitor or self.place is None:
            return self.visitor
        return self.place.server_name

    @property
    def is_open(self) -> bool:
        """Whether a problem is still to be solved."""
        return self.problem != "" and self.settled_on is None

    def is_overdue(self, day: dt.date) -> bool:
        """Whether its problem should have been solved by now."""
        return self.is_open and self.due_on is not None and self.due_on < day
