"""Reserves: people who could take over, at which level, and what became of them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import ReserveOutcome
from communities.models.seat import SeatHolding
from communities.staffing_querysets import ReserveQuerySet
from core.text import StrOrPromise


class Reserve(models.Model):
    """What is known of somebody on the list of reserves of an organization.

    Since when and until when they are on it says their seat in the body of reserves;
    the group from which they come, too.
    """

    holding = models.OneToOneField(
        SeatHolding,
        models.PROTECT,
        related_name="reserve",
        verbose_name=_("place on the list"),
    )
    level = models.CharField(_("level of reserve"), max_length=20)
    for_post = models.CharField(_("post that they could take over"), max_length=60)
    mentor = models.CharField(_("mentor"), max_length=60, blank=True)
    outcome = models.CharField(
        _("what became of them"),
        max_length=20,
        choices=ReserveOutcome,
        blank=True,
        editable=False,
    )

    objects = ReserveQuerySet.as_manager()

    class Meta:
        verbose_name = _("reserve")
        verbose_name_plural = pgettext_lazy("people", "reserves")
        ordering = ["holding", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the entry."""
        return reverse("communities:reserve", args=[self.pk])

    @property
    def name(self) -> str:
        """The name of who could take over."""
        return self.holding.holder_name

    @property
    def state_label(self) -> StrOrPromise:
        """Whether somebody is on the list, or what became of them."""
        if self.holding.voided_at is not None:
            return _("Voided")
        if self.outcome:
            return ReserveOutcome(self.outcome).label
        if self.holding.ends_on is not None:
            return str(self.holding.get_end_reason_display())
        return _("On the list")
