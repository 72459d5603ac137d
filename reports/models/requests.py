"""What superiors ask of a place: one row for each task that came from above."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.signatures import signature
from core.db.voidable import ValidRowsManager, Voidable, void_has_reason
from organizations.models import Organization
from reports.burden_querysets import SuperiorRequestQuerySet

MOST_MINUTES = 60_000
"""A thousand hours."""
ValidRequests = ValidRowsManager.from_queryset(SuperiorRequestQuerySet)


class SuperiorRequest(Voidable):
    """A task that a department or a higher office gave to a place (S0-05, S2-29).

    `minutes` is what it cost, where somebody says so when it is done. It is read only
    in sums over a place and a source, never by person.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="superior_requests",
        verbose_name=_("who has to do it"),
    )
    source = models.CharField(
        _("source of the task"),
        max_length=20,
        help_text=_("Code list: request_sources"),
    )
    kind = models.CharField(
        _("what is asked for"), max_length=20, help_text=_("Code list: request_kinds")
    )
    title = models.CharField(_("task"), max_length=80)
    document = models.CharField(_("document of the task"), max_length=120, blank=True)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    made_by = signature(_("recorded by"))
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)
    done_by = signature(_("marked as done by"))
    minutes = models.PositiveIntegerField(
        _("minutes that it took"), null=True, blank=True, editable=False
    )

    objects = ValidRequests()
    all_objects = SuperiorRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("task from above")
        verbose_name_plural = _("tasks from above")
        ordering = ["-received_on", "-pk"]
        constraints = [
            plausible_dates(
                *("received_on", "due_on", "done_on", "voided_at"),
                name="superiorrequest_plausible_dates",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("received_on")),
                name="superiorrequest_due_after_it_came",
                violation_error_message=_(
                    "A task is not due before it came. Nothing was saved: check the"
                    " days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("received_on")),
                name="superiorrequest_done_after_it_came",
                violation_error_message=_(
                    "A task is not done before it came. Nothing was saved: check the"
                    " days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(done_on__isnull=False),
                name="superiorrequest_costs_when_done",
                violation_error_message=_(
                    "How long a task took is said when it is done."
                ),
            ),
            bounded(
                "minutes", least=0, most=MOST_MINUTES, name="superiorrequest_minutes"
            ),
            void_has_reason("superiorrequest_voided_says_why"),
        ]
        indexes = [
            models.Index(
                fields=["organization", "received_on"], name="superiorrequest_came"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the task."""
        return reverse("reports:request", args=[self.pk])

    def is_overdue(self, day: dt.date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on is not None and self.due_on < day
