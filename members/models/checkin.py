"""Check-ins of in-service members, and absences of mobile ones."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.voidable import ValidRowsManager, VoidableFact
from members.enums import LeaveReason, MobileKind, Willingness
from members.models.member import Member
from members.models.periods import period_rules
from members.querysets import CheckInQuerySet, MobileRecordQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization, Unit

ValidCheckIns = ValidRowsManager.from_queryset(CheckInQuerySet)
ValidMobileRecords = ValidRowsManager.from_queryset(MobileRecordQuerySet)


class CheckIn(VoidableFact):
    """An in-service member's registration with their community of residence (报到).

    `unit` is where they worked then: another unit restarts the check-in (S3-15).
    `home_branch` is where somebody belongs of whom this system has no branch: the words
    of the register by which a mobile member was entered (R-20).
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="check_ins", verbose_name=_("member")
    )
    community = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="check_ins",
        verbose_name=_("community"),
    )
    starts_on = models.DateField(_("checked in on"))
    ends_on = models.DateField(_("left again on"), null=True, blank=True)
    available = models.CharField(_("free hours"), max_length=80, blank=True)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("unit at checking in"),
    )
    willing = models.CharField(
        _("willing to serve"),
        max_length=10,
        choices=Willingness,
        default=Willingness.UNKNOWN,
    )
    home_branch = models.CharField(
        _("belongs to, elsewhere"), max_length=100, blank=True, default=""
    )
    end_reason = models.CharField(
        _("reason of ending"), max_length=20, choices=LeaveReason, blank=True
    )

    triggers = inside_life(
        "checkin", "starts_on", "community_id", lasting=True, voidable=True
    )
    objects = ValidCheckIns()
    all_objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *period_rules(
                "checkin",
                one_open=_("The member is checked in with a community already."),
                no_overlap=_(
                    "The member was checked in with a community on that day already,"
                    " and a day belongs to one community."
                ),
                order=_("A check-in ends after the day it begins."),
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(ends_on__isnull=False),
                name="checkin_ended_for_a_reason",
                violation_error_message=_(
                    "A check-in that goes on has no reason of ending."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} @ {self.community}"


class MobileRecord(VoidableFact):
    """A member's absence of more than six months without a transfer (R-20)."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="mobile_records", verbose_name=_("member")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MobileKind)
    destination = models.CharField(_("destination"), max_length=80, blank=True)
    starts_on = models.DateField(_("away since"))
    ends_on = models.DateField(_("back on"), null=True, blank=True)

    objects = ValidMobileRecords()
    all_objects = MobileRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence of a mobile member")
        verbose_name_plural = _("absences of mobile members")
        ordering = ["-starts_on", "-pk"]
        constraints = period_rules(
            "mobilerecord",
            one_open=_("The member is recorded as away already."),
            order=_("An absence ends after the day it begins."),
        )

    def __str__(self) -> str:
        return f"{self.member} {format_day(self.starts_on)}"
