"""A member whom nobody managed, once somebody took the line."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.db.constraints import plausible_dates
from members.enums import PocketOutcome, PocketReason
from members.models.member import Member
from members.querysets import PocketMemberQuerySet


class PocketMember(models.Model):
    """The matter of a member whom no organization manages (S1-17), with its case.

    Nobody is declared to be one: the list finds them in the records. A row begins when
    somebody takes a line of that list, and ends by what the records then prove.
    """

    case = models.OneToOneField(
        Case, models.PROTECT, related_name="pocket_member", verbose_name=_("case")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="pocket_rows", verbose_name=_("member")
    )
    why = models.CharField(_("why"), max_length=20, choices=PocketReason)
    found_on = models.DateField(_("found on"))
    outcome = models.CharField(
        _("what came of it"), max_length=20, choices=PocketOutcome, blank=True
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    objects = PocketMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member whom nobody managed")
        verbose_name_plural = _("members whom nobody managed")
        ordering = ["found_on", "pk"]
        constraints = [
            plausible_dates(
                "found_on", "settled_on", name="pocketmember_plausible_dates"
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(outcome=""),
                name="pocketmember_one_open",
                violation_error_message=_(
                    "Somebody deals with this member already. Nothing was saved: open"
                    " that case."
                ),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_on=None)
                | ~Q(outcome="") & Q(settled_on__isnull=False),
                name="pocketmember_settled_with_an_outcome",
                violation_error_message=_("A matter is settled with what came of it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.name} · {self.get_why_display()}"

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return self.case.get_absolute_url()

    @property
    def is_open(self) -> bool:
        """Whether the matter waits."""
        return not self.outcome
