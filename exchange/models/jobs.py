"""Background jobs."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.enums import JobState
from exchange.job_kinds import job_kinds
from exchange.models.files import Attachment
from exchange.querysets import JobQuerySet


class Job(models.Model):
    """One piece of long work, run by whichever worker takes it first.

    `subject` is what the work is about, as its kind understands it. The worker beats
    while it lives; a running job without a heartbeat is given to another worker.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="jobs",
        verbose_name=_("asked for by"),
    )
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=80, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=JobState, default=JobState.QUEUED
    )
    percent = models.PositiveSmallIntegerField(
        _("percent"), default=0, validators=[MaxValueValidator(100)]
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    worker = models.CharField(_("worker"), max_length=60, blank=True)
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now)
    heartbeat = models.DateTimeField(_("last heard of"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    message = models.CharField(_("result"), max_length=500, blank=True)
    file = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("file"),
    )
    row_count = models.PositiveIntegerField(_("rows"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    # How far it is, and when it was last heard of. Whose it is, what it is about and
    # what it made are digested at each step.
    without_digest = ("percent", "heartbeat", "queued_at")

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "queued_at"], name="job_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="job_percent_is_a_share",
                violation_error_message=_("Progress lies between 0 and 100 percent."),
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(heartbeat__isnull=False),
                name="job_running_has_a_beat",
                violation_error_message=_(
                    "A running job has a worker and a heartbeat."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.FAILED) | ~Q(message=""),
                name="job_failed_says_why",
                violation_error_message=_("Work that stopped says why."),
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    def get_absolute_url(self) -> str:
        """The page that shows its progress."""
        return reverse("exchange:job", args=[self.pk])

    @property
    def label(self) -> str:
        """The name of the work for its owner."""
        return str(job_kinds.get(self.kind).label)

    @property
    def is_done(self) -> bool:
        """Whether it finished."""
        return self.state == JobState.DONE

    @property
    def is_failed(self) -> bool:
        """Whether it stopped before finishing."""
        return self.state == JobState.FAILED
