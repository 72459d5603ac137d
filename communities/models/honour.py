"""Honours of organizations and of members, on record with their document."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.decision_querysets import HonourQuerySet
from core.dates import format_day
from core.db.constraints import plausible_dates
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from members.models import Member, OpinionRequest
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidHonours = ValidRowsManager.from_queryset(HonourQuerySet)


class Honour(Voidable):
    """An honour that an organization, or one of its members, was given (S4-19).

    Without a member the organization itself was honoured. It is never changed: a
    wrong entry is voided. Of a member it names the opinion for which the community was
    asked before (S0-25).
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="honours",
        verbose_name=_("Party organization"),
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name=_("member"),
    )
    name = models.CharField(pgettext_lazy("honour", "honour"), max_length=60)
    level = models.CharField(
        pgettext_lazy("honour", "level of the honour"),
        max_length=20,
        help_text=_("Code list: honour_levels"),
    )
    issuer = models.CharField(_("given by"), max_length=80)
    document = models.CharField(_("document of the honour"), max_length=120, blank=True)
    awarded_on = models.DateField(_("given on"))
    opinion = models.ForeignKey(
        OpinionRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name=_("opinion asked for before"),
    )

    triggers = inside_life("honour", "awarded_on", voidable=True)
    objects = ValidHonours()
    all_objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("row", "honour")
        verbose_name_plural = pgettext_lazy("rows", "honours")
        ordering = ["-awarded_on", "-pk"]
        constraints = [
            plausible_dates("awarded_on", "voided_at", name="honour_plausible_dates"),
            models.UniqueConstraint(
                fields=["member", "name", "awarded_on"],
                condition=NOT_VOIDED & Q(member__isnull=False),
                name="honour_of_a_member_once",
                violation_error_message=_(
                    "This honour of that day is on record already. Nothing was saved."
                ),
            ),
            models.UniqueConstraint(
                fields=["organization", "name", "awarded_on"],
                condition=NOT_VOIDED & Q(member=None),
                name="honour_of_an_organization_once",
                violation_error_message=_(
                    "This honour of that day is on record already. Nothing was saved."
                ),
            ),
            models.CheckConstraint(
                condition=Q(opinion=None) | Q(member__isnull=False),
                name="honour_opinion_about_a_member",
                violation_error_message=_(
                    "An opinion is asked about a member, not about an organization."
                    " Nothing was saved."
                ),
            ),
            void_has_reason("honour_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.honoured} {self.name} {format_day(self.awarded_on)}"

    def get_absolute_url(self) -> str:
        """The page of the honour."""
        return reverse("communities:honour", args=[self.pk])

    @property
    def honoured(self) -> str:
        """Who was honoured: the member, or the organization itself."""
        return self.member.name if self.member else self.organization.name
