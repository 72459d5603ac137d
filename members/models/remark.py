"""A guarded remark: somebody puts the community off, or hinders others (限阅记录)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.db.constraints import in_order, plausible_dates
from core.db.signatures import signature
from core.db.voidable import ValidRowsManager, Voidable, void_has_reason
from members.models.member import Member
from members.querysets import GuardedRemarkQuerySet
from organizations.models import Organization, Unit

ValidRemarks = ValidRowsManager.from_queryset(GuardedRemarkQuerySet)


class GuardedRemark(Voidable):
    """On one day a member or a unit did not take part, or hindered others (S0-26).

    The secretary of the community and the street read it, and the member, who may
    answer. It is on no list but that of who keeps it, in no file and in no search, and
    nobody counts such remarks by person. From `expires_on` on it is shown to nobody.
    """

    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guarded_remarks",
        verbose_name=_("member"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guarded_remarks",
        verbose_name=_("unit"),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="guarded_remarks",
        verbose_name=_("Party organization"),
    )
    kind = models.CharField(
        _("what happened"), max_length=20, help_text=_("Code list: remark_kinds")
    )
    happened_on = models.DateField(_("happened on"))
    matter = models.CharField(_("asked to take part in"), max_length=80)
    details = models.CharField(_("details"), max_length=300, blank=True)
    expires_on = models.DateField(_("no longer shown from"))
    recorded_by = signature(_("recorded by"))
    reply = models.CharField(_("reply of the member"), max_length=300, blank=True)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    settled_on = models.DateField(_("took part after all on"), null=True, blank=True)

    objects = ValidRemarks()
    all_objects = GuardedRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("row", "guarded remark")
        verbose_name_plural = pgettext_lazy("rows", "guarded remarks")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            plausible_dates(
                *("happened_on", "expires_on", "replied_on", "settled_on"),
                "voided_at",
                name="guardedremark_plausible_dates",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False) | Q(unit__isnull=False),
                name="guardedremark_about_somebody",
                violation_error_message=_("A remark is about a member or a unit."),
            ),
            in_order(
                "happened_on",
                "expires_on",
                name="guardedremark_expires_later",
                message=_("A remark expires after the day on which it happened."),
            ),
            models.CheckConstraint(
                condition=Q(settled_on=None) | Q(settled_on__gte=F("happened_on")),
                name="guardedremark_settled_later",
                violation_error_message=_(
                    "They took part after that day, not before. Nothing was saved:"
                    " check the day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_on=None)
                | ~Q(reply="") & Q(replied_on__isnull=False, member__isnull=False),
                name="guardedremark_replied_on_a_day",
                violation_error_message=_(
                    "A reply is the member's own, in words and with its day. Nothing"
                    " was saved: write the reply."
                ),
            ),
            void_has_reason("guardedremark_voided_says_why"),
        ]

    def __str__(self) -> str:
        return gettext("Guarded remark")

    def get_absolute_url(self) -> str:
        """The page on which it is read: of the member, or of the unit."""
        if self.member is not None:
            key = self.member.merged_into_id or self.member.pk
            return reverse("members:remarks", args=[key])
        return reverse("members:unit_remarks")
