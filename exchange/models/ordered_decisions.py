"""Decisions about organizations that a worker works out and carries out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.models.jobs import Job
from exchange.querysets import OrderedDecisionQuerySet


class OrderedDecision(models.Model):
    """A decision that takes too much along for a page to wait for it.

    `address` is the page of the decision and `typed` what was typed there. A worker
    first works out what would change (`shown`, of which `token` is the digest); once
    somebody has looked at it, a worker carries out just that. `shown` names people and
    is emptied with the end, or after a week.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    address = models.CharField(_("address of the decision"), max_length=200)
    typed = models.TextField(_("what was typed"), max_length=20_000)
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("decision"), max_length=200)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, related_name="+", verbose_name=_("job")
    )
    shown = models.JSONField(_("what would change"), null=True)
    token = models.CharField(_("digest of what was shown"), max_length=128, blank=True)
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    decided_at = models.DateTimeField(_("carried out at"), null=True)
    dropped_at = models.DateTimeField(_("given up at"), null=True)
    result = models.CharField(_("page of the result"), max_length=200, blank=True)

    objects = OrderedDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("large decision")
        verbose_name_plural = _("large decisions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(dropped_at=None),
                name="ordereddecision_ends_once",
                violation_error_message=_(
                    "A decision is carried out or given up, not both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, dropped_at=None) | Q(shown=None),
                name="ordereddecision_keeps_no_names",
                violation_error_message=_(
                    "What a decision showed is not kept once it has ended."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page that shows how far it is, and what would change."""
        return reverse("exchange:decision", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is neither carried out nor given up."""
        return self.decided_at is None and self.dropped_at is None

    @property
    def is_worked_on(self) -> bool:
        """Whether a worker is at it, or will be."""
        if self.job is None or not self.is_open:
            return False
        return not (self.job.is_done or self.job.is_failed)

    @property
    def is_forgotten(self) -> bool:
        """Whether what would change was worked out and forgotten after a week."""
        done = self.job is not None and self.job.is_done
        return self.is_open and done and self.shown is None

    @property
    def is_refused(self) -> bool:
        """Whether the last worker could not do it; the job says why."""
        return self.job is not None and self.job.is_failed
