"""Meetings of Party organizations, and who attended them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.enums import AbsenceReason, Agenda, MeetingKind, Presence
from communities.meeting_querysets import AttendanceQuerySet, MeetingQuerySet
from communities.models.project import Project
from core.dates import format_day
from core.db.constraints import plausible_dates
from core.db.voidable import ValidRowsManager, VoidableFact, void_has_reason
from members.models import Member
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidMeetings = ValidRowsManager.from_queryset(MeetingQuerySet)


class Meeting(VoidableFact):
    """One meeting of a branch or community, with its minutes.

    `month` is the month in which it counts: the month of the day, or the first open
    one if it was recorded late. Voided after that month was closed, it stays counted
    there as published.

    One that had to have a quorum and had none (R-47) is on record but was not held:
    no figure counts it and what was owed is still owed. A closed month goes on
    counting what it counted.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="meetings",
        verbose_name=_("organization"),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=MeetingKind)
    topic = models.CharField(_("topic"), max_length=100)
    agenda = models.CharField(
        _("mostly about"), max_length=10, choices=Agenda, blank=True
    )
    held_on = models.DateField(_("held on"))
    month = models.DateField(_("counted in"), editable=False)
    starts_at = models.TimeField(_("beginning"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    chair = models.ForeignKey(
        Member, models.PROTECT, related_name="+", verbose_name=_("chaired by")
    )
    recorder = models.ForeignKey(
        Member, models.PROTECT, related_name="+", verbose_name=_("minutes by")
    )
    content = models.TextField(_("what was discussed"), max_length=10000, blank=True)
    decision = models.TextField(_("decision"), max_length=4000, blank=True)
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("for the co-building project"),
    )
    counts_as_held = models.BooleanField(
        _("counts as held"), default=True, editable=False
    )
    former_columns: ClassVar[dict[str, str]] = {
        "withdrawn_on": "voided_at",
        "withdrawn_month": "void_month",
    }

    # The attendance list is corrected on the form of the minutes.
    edited_with = ("attendances",)

    triggers = inside_life("meeting", "held_on", voidable=True)
    objects = ValidMeetings()
    all_objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "-pk"]
        indexes = [
            models.Index(
                fields=["organization", "month", "kind"], name="meeting_counting"
            ),
        ]
        constraints = [
            plausible_dates(
                "held_on",
                "month",
                "voided_at",
                "void_month",
                name="meeting_plausible_dates",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="meeting_counts_in_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
            void_has_reason("meeting_voided_says_why", "void_month"),
            models.CheckConstraint(
                condition=Q(void_month=None) | Q(void_month__gte=F("month")),
                name="meeting_is_not_voided_before_it_counts",
                violation_error_message=_(
                    "A meeting cannot stop counting before it counts."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {format_day(self.held_on)}"

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("communities:detail", args=[self.pk])

    @property
    def is_late(self) -> bool:
        """Whether it counts later than it was held."""
        return self.month > self.held_on


class Attendance(models.Model):
    """The attendance of one member at one meeting.

    `votes` is kept as it was on the day: a probationary member becomes a full one
    later, and the quorum of that day does not change.
    """

    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        related_name="attendances",
        verbose_name=_("meeting"),
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        related_name="attendances",
        verbose_name=_("member"),
    )
    presence = models.CharField(_("presence"), max_length=10, choices=Presence)
    votes = models.BooleanField(_("has a vote"))
    reason = models.CharField(
        _("reason of absence"), max_length=20, choices=AbsenceReason, blank=True
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["meeting", "member", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                name="attendance_once_per_meeting",
                violation_error_message=_("The member is already listed."),
            ),
            models.CheckConstraint(
                condition=Q(presence=Presence.ABSENT) & ~Q(reason="")
                | ~Q(presence=Presence.ABSENT) & Q(reason=""),
                name="attendance_absence_has_a_reason",
                violation_error_message=_(
                    "An absence needs a reason, and only an absence has one."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(presence=Presence.GUEST, votes=True),
                name="attendance_guests_have_no_vote",
                violation_error_message=_("A guest attends without a vote."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.get_presence_display()}"
