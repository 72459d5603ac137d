"""Sittings of bodies with who could vote, and the ledger of what was decided."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.decision_querysets import (
    ResolutionQuerySet,
    SittingAttendanceQuerySet,
    SittingQuerySet,
)
from communities.models.body import Body
from communities.models.meeting import Meeting
from communities.models.seat import SeatHolding
from core.dates import format_day
from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.voidable import ValidRowsManager, Voidable, void_has_reason

ValidSittings = ValidRowsManager.from_queryset(SittingQuerySet)
ValidResolutions = ValidRowsManager.from_queryset(ResolutionQuerySet)
MOST_VOTERS = 10_000
VOTES = ("entitled", "present", "in_favour", "against", "abstained")
ADOPTED = Q(in_favour__gt=F("present") - F("in_favour"))
"""More than half of those who were there voted for it."""


class Sitting(Voidable):
    """One meeting of a body: a council, a committee, a leading group (S2-02).

    Those in its seats on the day could vote, Party members or not. Meetings of the
    organization's life, to which members are called, are `Meeting`.
    """

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="sittings", verbose_name=_("body")
    )
    held_on = models.DateField(_("held on"))
    topic = models.CharField(_("topic"), max_length=100)
    place = models.CharField(_("place"), max_length=80, blank=True)
    content = models.TextField(_("what was discussed"), max_length=10000, blank=True)

    objects = ValidSittings()
    all_objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sitting of a body")
        verbose_name_plural = _("sittings of bodies")
        ordering = ["-held_on", "-pk"]
        constraints = [
            plausible_dates("held_on", "voided_at", name="sitting_plausible_dates"),
            void_has_reason("sitting_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {format_day(self.held_on)}"

    def get_absolute_url(self) -> str:
        """The page of the sitting."""
        return reverse("communities:sitting", args=[self.pk])


class SittingAttendance(models.Model):
    """Whether somebody who could vote at a sitting was there."""

    sitting = models.ForeignKey(
        Sitting,
        models.PROTECT,
        related_name="attendances",
        verbose_name=_("sitting of a body"),
    )
    holding = models.ForeignKey(
        SeatHolding,
        models.PROTECT,
        related_name="sittings",
        verbose_name=_("holding of a seat"),
    )
    was_present = models.BooleanField(_("was there"))

    objects = SittingAttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance at a sitting")
        verbose_name_plural = _("attendances at sittings")
        ordering = ["sitting", "holding", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "holding"],
                name="sittingattendance_once",
                violation_error_message=_("Somebody is listed twice."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting} {self.holding}"


class Resolution(Voidable):
    """What a body or a meeting of members decided, and what came of it (S2-52).

    It says who could vote and how they voted, who carries it out until when, which
    body watches over that and what it found, and what was done. What found no majority
    is on record and carried out by nobody.
    """

    sitting = models.ForeignKey(
        Sitting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name=_("sitting of a body"),
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name=_("meeting"),
    )
    title = models.CharField(_("what was decided"), max_length=100)
    text = models.TextField(_("text of the decision"), max_length=4000, blank=True)
    entitled = models.PositiveSmallIntegerField(_("could vote"), editable=False)
    present = models.PositiveSmallIntegerField(_("were there"), editable=False)
    in_favour = models.PositiveSmallIntegerField(_("votes for"))
    against = models.PositiveSmallIntegerField(_("votes against"), default=0)
    abstained = models.PositiveSmallIntegerField(_("abstentions"), default=0)
    carried_by = models.CharField(_("carried out by"), max_length=60, blank=True)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    watched_by = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="watches",
        verbose_name=_("watched by"),
    )
    done_on = models.DateField(
        pgettext_lazy("resolution", "done on"), null=True, editable=False
    )
    checked_on = models.DateField(_("looked into on"), null=True, editable=False)
    finding = models.TextField(
        _("what the body that watches found"),
        max_length=500,
        blank=True,
        editable=False,
    )
    outcome = models.TextField(
        pgettext_lazy("resolution", "what was done"),
        max_length=500,
        blank=True,
        editable=False,
    )

    objects = ValidResolutions()
    all_objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("ledger", "resolution")
        verbose_name_plural = pgettext_lazy("ledger", "resolutions")
        ordering = ["-pk"]
        constraints = [
            plausible_dates(
                *("due_on", "done_on", "checked_on", "voided_at"),
                name="resolution_plausible_dates",
            ),
            bounded(*VOTES, least=0, most=MOST_VOTERS, name="resolution_votes"),
            models.CheckConstraint(
                condition=Q(sitting__isnull=False, meeting=None)
                | Q(sitting=None, meeting__isnull=False),
                name="resolution_of_one_meeting",
                violation_error_message=_(
                    "A decision belongs to one sitting of a body, or to one meeting."
                ),
            ),
            models.CheckConstraint(
                condition=Q(present__gt=F("entitled") - F("present"))
                & Q(present__lte=F("entitled")),
                name="resolution_has_a_quorum",
                violation_error_message=_(
                    "Not more than half of those who could vote were there, so nothing"
                    " could be decided. Nothing was saved: check who was there."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    present__gte=F("in_favour") + F("against") + F("abstained")
                ),
                name="resolution_has_no_more_votes_than_people",
                violation_error_message=_(
                    "There are more votes than people who were there. Nothing was"
                    " saved: check the votes."
                ),
            ),
            models.CheckConstraint(
                condition=ADOPTED & ~Q(carried_by="")
                | ~ADOPTED & Q(carried_by="", due_on=None, done_on=None),
                name="resolution_is_carried_out_if_adopted",
                violation_error_message=_(
                    "What more than half of those present voted for is carried out by"
                    " somebody, and nothing else is. Nothing was saved: say who carries"
                    " it out, or leave that and the day empty where there was no"
                    " majority."
                ),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, outcome="")
                | Q(done_on__isnull=False) & ~Q(outcome=""),
                name="resolution_done_with_an_outcome",
                violation_error_message=_("It is said when it was done, and what."),
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None, finding="")
                | Q(checked_on__isnull=False, watched_by__isnull=False)
                & ~Q(finding=""),
                name="resolution_found_by_who_watches",
                violation_error_message=_(
                    "Whichever body watches over a decision says what it found, and"
                    " when."
                ),
            ),
            void_has_reason("resolution_voided_says_why"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the decision."""
        return reverse("communities:resolution", args=[self.pk])

    @property
    def source(self) -> Sitting | Meeting:
        """Where it was decided."""
        return self.sitting or self.meeting  # type: ignore[return-value] # one of both

    @property
    def decided_on(self) -> dt.date:
        """The day on which it was decided."""
        return self.source.held_on

    @property
    def decided_by(self) -> str:
        """Which body decided, or the members of which organization."""
        if self.sitting is not None:
            return self.sitting.body.name
        if self.meeting is None:
            return ""
        return f"{self.meeting.organization.name}{self.meeting.get_kind_display()}"

    @property
    def is_adopted(self) -> bool:
        """Whether more than half of those present voted for it."""
        return self.in_favour * 2 > self.present

    @property
    def is_open(self) -> bool:
        """Whether it is still to be carried out."""
        return self.is_adopted and self.done_on is None
