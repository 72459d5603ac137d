"""What somebody does to many rows of a list at once."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.web.bulk_actions import BulkAction, BulkForm, bulk_actions
from exchange.enums import BulkState
from exchange.models.jobs import Job
from exchange.querysets import BulkRunQuerySet


class BulkRun(models.Model):
    """An action on many rows: tried out, shown, confirmed, done.

    `address` is the list from which the rows were chosen, `keys` are the rows. Their
    `outcome` is what a trial of the action found that was taken back: who can be dealt
    with, who cannot and why. `digest` covers what was shown: only that is done. After a
    week names, what was typed and the filter of the list are forgotten.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    kind = models.CharField(_("action on many rows"), max_length=60)
    address = models.CharField(_("address of the list"), max_length=2000)
    keys = models.JSONField(_("rows"), default=list)
    values = models.JSONField(_("what was typed"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=BulkState, default=BulkState.ASKED
    )
    outcome = models.JSONField(_("result for each row"), default=list, blank=True)
    digest = models.CharField(_("digest of what was shown"), max_length=64, blank=True)
    language = models.CharField(_("language"), max_length=10)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, related_name="+", verbose_name=_("job")
    )
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    objects = BulkRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("action on many rows")
        verbose_name_plural = _("actions on many rows")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.action.label)

    def get_absolute_url(self) -> str:
        """Return the page that shows for whom it can be done."""
        return reverse("exchange:bulk_run", args=[self.pk])

    @property
    def action(self) -> BulkAction:
        """What is done to each row."""
        return bulk_actions.get(self.kind)

    def bound_form(self) -> BulkForm:
        """Return the form as it was typed."""
        typed = QueryDict(mutable=True)
        for name, values in self.values.items():
            typed.setlist(name, values)
        return self.action.form_class(typed, person=self.owner)

    @property
    def possible(self) -> list[Any]:
        """The rows to which it can be done."""
        return [line for line in self.outcome if not line["why"]]

    @property
    def refused(self) -> list[Any]:
        """The rows to which it cannot be done, each with the reason."""
        return [line for line in self.outcome if line["why"]]

    @property
    def is_ready(self) -> bool:
        """Whether it was tried out and waits to be confirmed."""
        return self.state == BulkState.READY

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return self.state == BulkState.DONE

    @property
    def is_with_worker(self) -> bool:
        """Whether it was given to a worker who neither tried it out nor did it yet."""
        return self.state in {BulkState.ASKED, BulkState.CONFIRMED}

    @property
    def is_refused(self) -> bool:
        """Whether a worker could not try it out or do it; the job says why."""
        return self.is_with_worker and self.job is not None and self.job.is_failed

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it."""
        return self.is_with_worker and not self.is_refused
