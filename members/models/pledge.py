"""What a member promises for a period, and what came of it (承诺践诺)."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.db.bounds import bounded
from core.db.constraints import in_order, plausible_dates
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from core.months import today
from members.enums import OPEN_PLEDGES, SETTLED_PLEDGES, PledgeState
from members.models.member import Member
from members.querysets import PledgeQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidPledges = ValidRowsManager.from_queryset(PledgeQuerySet)
MOST = 9999


class Pledge(Voidable):
    """One thing that a member promises for a period (S4-12).

    It is made to the community where they are checked in, else to their branch, which
    accepts it or asks for something more concrete. When the period is over it is said
    whether it was kept; nobody is ranked by that.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="pledges", verbose_name=_("member")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        editable=False,
        related_name="pledges",
        verbose_name=pgettext_lazy("pledge", "made to"),
    )
    kind = models.CharField(
        pgettext_lazy("pledge", "kind of pledge"),
        max_length=20,
        help_text=_("Code list: pledge_kinds"),
    )
    text = models.CharField(pgettext_lazy("pledge", "what is pledged"), max_length=300)
    amount = models.PositiveSmallIntegerField(
        pgettext_lazy("pledge", "how many"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST)],
    )
    measure = models.CharField(
        pgettext_lazy("pledge", "of what"), max_length=10, blank=True
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"))
    state = models.CharField(
        _("state"), max_length=10, choices=PledgeState, default=PledgeState.PROPOSED
    )
    note = models.CharField(
        pgettext_lazy("pledge", "what to make more concrete"),
        max_length=200,
        blank=True,
    )
    outcome = models.CharField(
        pgettext_lazy("pledge", "what came of it"), max_length=200, blank=True
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    triggers = inside_life("pledge", "starts_on", lasting=True, voidable=True)
    objects = ValidPledges()
    all_objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("row", "pledge")
        verbose_name_plural = pgettext_lazy("rows", "pledges")
        ordering = ["-starts_on", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "settled_on", "voided_at"),
                name="pledge_plausible_dates",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="pledge_ends_after_start",
                message=_("A pledge is for a day at least."),
            ),
            bounded("amount", least=1, most=MOST, name="pledge_amount_bounds"),
            models.UniqueConstraint(
                fields=["member", "text", "starts_on"],
                condition=NOT_VOIDED,
                name="pledge_once",
                violation_error_message=_(
                    "The same is pledged for that period already. Nothing was saved a"
                    " second time."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amount=None, measure="")
                | Q(amount__isnull=False) & ~Q(measure=""),
                name="pledge_amount_of_something",
                violation_error_message=_(
                    "A number needs what is counted (times, hours), and the other way"
                    " round."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=PledgeState.RETURNED) | ~Q(note=""),
                name="pledge_returned_with_a_note",
                violation_error_message=_(
                    "Say what is to be made more concrete, so that the member can."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED_PLEDGES, settled_on__isnull=False)
                | Q(state__in=OPEN_PLEDGES, settled_on=None, outcome=""),
                name="pledge_settled_on_a_day",
                violation_error_message=_("What came of a pledge is said on a day."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PledgeState.PARTLY, PledgeState.NOT_KEPT])
                | ~Q(outcome=""),
                name="pledge_not_kept_for_a_reason",
                violation_error_message=_("A pledge that was not kept says why."),
            ),
            void_has_reason("pledge_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.member.name}：{self.text}"

    def get_absolute_url(self) -> str:
        """The page of the promise."""
        return reverse("members:pledge", args=[self.pk])

    @property
    def last_day(self) -> dt.date:
        """The last day of the period."""
        return self.ends_on - dt.timedelta(days=1)

    @property
    def is_open(self) -> bool:
        """Whether it is neither settled nor lapsed."""
        return self.state in OPEN_PLEDGES

    @property
    def is_over(self) -> bool:
        """Whether the period is over."""
        return self.ends_on <= today()

    @property
    def can_be_changed(self) -> bool:
        """Whether the member may still write it anew: nobody has accepted it."""
        return self.state in (PledgeState.PROPOSED, PledgeState.RETURNED)

    @property
    def goal(self) -> str:
        """How much is promised, with its measure, or nothing."""
        return f"{self.amount} {self.measure}" if self.amount is not None else ""
