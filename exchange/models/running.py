"""The state of the installation: chores run, the latest day, backups."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import format_day, format_time
from core.db.digests import EVERY_COLUMN
from exchange.querysets import BackupRunQuerySet, KnownDayQuerySet


class ChoreRun(models.Model):
    """When a chore was last tried, and a daily one done, whichever worker did it."""

    key = models.CharField(_("chore"), max_length=60, unique=True)
    done_on = models.DateField(_("last done on"), null=True, blank=True)
    tried_at = models.DateTimeField(_("last tried at"))

    # Of the installation's running, kept outside actions.
    without_digest = EVERY_COLUMN

    class Meta:
        verbose_name = _("daily chore")
        verbose_name_plural = _("daily chores")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class KnownDay(models.Model):
    """The latest day that the installation has seen; there is one row.

    A date far from it is not trusted until a system administrator confirms it, because
    opening a month of another year cannot be undone.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    day = models.DateField(_("last known day"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = KnownDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("known day")
        verbose_name_plural = _("known days")
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="knownday_is_one_row",
                violation_error_message=_("There is one known day."),
            ),
        ]

    def __str__(self) -> str:
        return format_day(self.day)

    def get_absolute_url(self) -> str:
        """The page on how the installation runs."""
        return reverse("exchange:running")


class BackupRun(models.Model):
    """One run of `manage.py backup`: what it wrote, or why it failed."""

    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"))
    succeeded = models.BooleanField(_("succeeded"))
    file_name = models.CharField(_("backup file"), max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0, editable=False)
    message = models.CharField(_("result"), max_length=500, blank=True)

    objects = BackupRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(succeeded=True) | ~Q(message=""),
                name="backuprun_failed_says_why",
                violation_error_message=_("A backup that failed says why."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at__gte=F("started_at")),
                name="backuprun_ends_after_its_start",
                violation_error_message=_("A backup ends after it started."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or format_time(self.started_at)
