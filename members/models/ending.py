"""Ends of a membership or of an affiliation, with what was closed at the time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.constraints import plausible_dates
from core.db.voidable import ValidRowsManager, Voidable, void_has_reason
from members.enums import EndReason
from members.models.member import Member
from members.querysets import EndingQuerySet
from organizations.models import Organization

ValidEndings = ValidRowsManager.from_queryset(EndingQuerySet)


class Ending(Voidable):
    """The end of a membership here (减员), voided if it was recorded by mistake.

    A voided end is undone in the member's other rows, so this one alone still says that
    there was one. `closed` counts by closer the rows that were closed with it, which
    voiding does not open again.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="endings", verbose_name=_("member")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("organization")
    )
    ended_on = models.DateField(_("taken off the rolls on"))
    reason = models.CharField(_("reason of ending"), max_length=20, choices=EndReason)
    closed = models.JSONField(_("closed with it"), default=dict, blank=True)

    objects = ValidEndings()
    all_objects = EndingQuerySet.as_manager()

    class Meta:
        verbose_name = _("end of a membership")
        verbose_name_plural = _("ends of memberships")
        ordering = ["ended_on", "pk"]
        constraints = [
            plausible_dates("ended_on", "voided_at", name="ending_plausible_dates"),
            void_has_reason("ending_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.organization.name} · {self.get_reason_display()}"
