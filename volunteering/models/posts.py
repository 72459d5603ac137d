"""Posts and their shifts."""

import datetime as dt
from decimal import ROUND_UP, Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Project
from core.dates import format_period, format_time
from core.db.bounds import bounded
from core.db.constraints import both_or_neither, in_order, plausible_dates
from core.db.fields import EncryptedTextField
from core.identity import mask_phone
from organizations.lifetimes import inside_life
from organizations.models import Organization
from volunteering.enums import PostState
from volunteering.querysets import PostQuerySet, ShiftQuerySet


class Post(models.Model):
    """A volunteer post (岗位) that a community sets up for a need.

    `open_month` and `close_month` are the months in which opening and closing are
    counted: the month of the day, or the first open one where the fact was recorded
    after closing.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="posts",
        verbose_name=_("community"),
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("for the project"),
    )
    category = models.CharField(_("post category"), max_length=40)
    title = models.CharField(_("title"), max_length=60)
    description = models.TextField(_("what is to be done"), max_length=1000)
    needed_by = models.CharField(
        _("for whom"),
        max_length=60,
        blank=True,
        help_text=_("Groups of people, never a person's name."),
    )
    contact_name = models.CharField(_("contact person"), max_length=40, blank=True)
    contact_phone = EncryptedTextField(
        _("phone of the contact person"), mask=mask_phone, null=True, blank=True
    )
    skills = models.JSONField(_("skills wanted"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PostState, default=PostState.DRAFT
    )
    opened_on = models.DateField(_("opened on"), null=True, editable=False)
    open_month = models.DateField(_("counted from"), null=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    close_month = models.DateField(_("counted until"), null=True, editable=False)

    triggers = inside_life("post", "opened_on")
    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("volunteer post")
        verbose_name_plural = _("volunteer posts")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["organization", "open_month", "close_month"],
                name="post_counting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PostState.DRAFT, opened_on=None, closed_on=None)
                | Q(state=PostState.OPEN, opened_on__isnull=False, closed_on=None)
                | Q(state=PostState.CLOSED, closed_on__isnull=False),
                name="post_state_fits_its_days",
                violation_error_message=_(
                    "An open post has a day of opening, a closed one a day of closing,"
                    " a draft neither."
                ),
            ),
            both_or_neither(
                "opened_on",
                "open_month",
                name="post_opening_is_counted",
                message=_("An opened post says in which month its opening counts."),
            ),
            both_or_neither(
                "closed_on",
                "close_month",
                name="post_closing_is_counted",
                message=_("A closed post says in which month its closing counts."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None)
                | Q(opened_on=None)
                | Q(closed_on__gte=F("opened_on"), close_month__gte=F("open_month")),
                name="post_closes_after_opening",
                violation_error_message=_("The post closes before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(contact_name="", contact_phone__isnull=True)
                | ~Q(contact_name="") & Q(contact_phone__isnull=False),
                name="post_contact_is_whole",
                violation_error_message=_(
                    "The contact person has a name and a phone. Nothing was saved: fill"
                    " in both."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The post's public page."""
        return reverse("volunteering:detail", args=[self.pk])


class Shift(models.Model):
    """A time at which a post is to be filled, by so many people (班次).

    `claimed` counts the claims that hold a place; it moves by one conditional statement
    only, so that the last place is claimed once.
    """

    post = models.ForeignKey(
        Post, models.PROTECT, related_name="shifts", verbose_name=_("post")
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    meeting_point = models.CharField(_("meeting place"), max_length=80)
    capacity = models.PositiveSmallIntegerField(
        _("capacity"), default=1, validators=[MinValueValidator(1)]
    )
    claimed = models.PositiveSmallIntegerField(_("claimed"), default=0, editable=False)

    move_reason = models.CharField(
        _("why its time changed"), max_length=200, blank=True, editable=False
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    cancel_reason = models.CharField(
        _("why it was cancelled"), max_length=200, blank=True, editable=False
    )

    bookkeeping = ("claimed",)
    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="shift_soonest")]
        constraints = [
            plausible_dates("starts_at", "ends_at", name="shift_plausible_dates"),
            in_order(
                "starts_at",
                "ends_at",
                name="shift_ends_after_start",
                message=_("A shift ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(claimed__gte=0, claimed__lte=F("capacity")),
                name="shift_claimed_within_capacity",
                violation_error_message=_(
                    "There cannot be fewer places than have been claimed."
                ),
            ),
            bounded("capacity", least=1, most=999, name="shift_bounded_numbers"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancel_reason="")
                | Q(cancelled_at__isnull=False, claimed=0) & ~Q(cancel_reason=""),
                name="shift_cancelled_says_why",
                violation_error_message=_(
                    "A cancelled shift says why, and nobody holds a place in it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {format_time(self.starts_at)}"

    def get_absolute_url(self) -> str:
        """The page of the shift's post."""
        return reverse("volunteering:detail", args=[self.post_id])

    @property
    def day(self) -> dt.date:
        """The office's day on which it begins."""
        return timezone.localdate(self.starts_at)

    @property
    def period(self) -> str:
        """From when to when it lasts, in words."""
        return format_period(self.starts_at, self.ends_at)

    @property
    def left(self) -> int:
        """Places that can still be claimed."""
        return self.capacity - self.claimed

    @property
    def hours(self) -> Decimal:
        """How long it lasts, to the tenth of an hour, never too short."""
        seconds = Decimal((self.ends_at - self.starts_at).total_seconds())
        return (seconds / 3600).quantize(Decimal("0.1"), rounding=ROUND_UP)

    @property
    def has_begun(self) -> bool:
        """Whether the shift is under way or over."""
        return self.starts_at <= timezone.now()
