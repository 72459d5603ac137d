"""Superiors' forms that were filled: for which place and month, and with what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import format_month
from exchange.models import Job
from organizations.models import Organization
from reports.models.superior_forms import SuperiorForm
from reports.querysets import FilledFormQuerySet


class FilledForm(models.Model):
    """A superior's form, filled by a worker for one place and month.

    `results` says of each cell what came of it; the workbook itself is handed to the
    person who asked for it, through the job.
    """

    form = models.ForeignKey(
        SuperiorForm, models.PROTECT, related_name="filled", verbose_name=_("form")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="filled_forms",
        verbose_name=_("filled for"),
    )
    month = models.DateField(_("month"))
    language = models.CharField(_("language"), max_length=10)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    job = models.OneToOneField(
        Job, models.PROTECT, related_name="filled_form", verbose_name=_("job")
    )
    filled_at = models.DateTimeField(_("filled at"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    results = models.JSONField(_("what came of each cell"), default=list)

    objects = FilledFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("filled form")
        verbose_name_plural = _("filled forms")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="filledform_is_of_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(filled_at=None, sha256="")
                | Q(filled_at__isnull=False) & ~Q(sha256=""),
                name="filledform_has_its_digest",
                violation_error_message=_("A filled workbook has its digest."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.organization} {format_month(self.month)}"

    def get_absolute_url(self) -> str:
        """The page that says what came of each cell."""
        return reverse("reports:filled_form", args=[self.pk])
