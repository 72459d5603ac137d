"""Claims of shifts."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.constraints import both_or_neither
from members.models import Member
from volunteering.enums import HOLDING, ClaimState
from volunteering.models.posts import Shift
from volunteering.querysets import ClaimQuerySet


class Claim(models.Model):
    """A member's claim of one place of a shift (认领).

    A place withdrawn in time is free for another member; a member who does not come has
    still held it, and the claim remains. `month` is the month in which the claim
    counts, `withdrawn_month` the one in which its withdrawal does.
    """

    shift = models.ForeignKey(
        Shift, models.PROTECT, related_name="claims", verbose_name=_("shift")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="claims", verbose_name=_("member")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ClaimState, default=ClaimState.ACTIVE
    )
    claimed_at = models.DateTimeField(_("claimed at"), default=timezone.now)
    month = models.DateField(_("counted in"))
    withdrawn_at = models.DateTimeField(_("given back at"), null=True, blank=True)
    withdrawn_month = models.DateField(_("given back in"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-claimed_at", "-pk"]
        indexes = [models.Index(fields=["month"], name="claim_counting")]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "member"],
                condition=Q(state__in=HOLDING),
                name="claim_one_per_member_and_shift",
                violation_error_message=_("The member has claimed this shift already."),
            ),
            both_or_neither(
                "withdrawn_at",
                "withdrawn_month",
                name="claim_withdrawal_is_counted",
                message=_(
                    "A claim given back says in which month giving it back counts."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.WITHDRAWN, withdrawn_at__isnull=False)
                | Q(state__in=HOLDING, withdrawn_at=None),
                name="claim_withdrawn_has_time",
                violation_error_message=_(
                    "A claim that was given back says when, and no other does."
                ),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_month=None) | Q(withdrawn_month__gte=F("month")),
                name="claim_counts_in_order",
                violation_error_message=_(
                    "Giving a claim back counts before the claim does."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} @ {self.shift}"

    def get_absolute_url(self) -> str:
        """The page of the post that was claimed."""
        return reverse("volunteering:detail", args=[self.shift.post_id])
