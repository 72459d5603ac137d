"""Agreements of resident units and communities."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobuilding.enums import AgreementState, Side
from cobuilding.querysets import AgreementQuerySet
from core.db.constraints import both_or_neither, in_order, plausible_dates
from core.db.terms import Term, planned_end_is_kept
from core.db.triggers import Undeletable, frozen_columns
from core.months import today
from core.text import StrOrPromise
from organizations.lifetimes import inside_life
from organizations.models import Organization, Unit

S = AgreementState
BY_UNIT = Q(signed_by_unit_at__isnull=False)
BY_COMMUNITY = Q(signed_by_community_at__isnull=False)
STATE_FITS = (
    Q(~BY_UNIT, ~BY_COMMUNITY, state=S.DRAFT)
    | Q(BY_UNIT, ~BY_COMMUNITY, state=S.SIGNED_BY_UNIT)
    | Q(~BY_UNIT, BY_COMMUNITY, state=S.SIGNED_BY_COMMUNITY)
    | Q(BY_UNIT, BY_COMMUNITY, state=S.IN_FORCE)
    | Q(state=S.ENDED)
)


class Agreement(Term):
    """A co-building agreement (共建协议) between a unit and a community, for a time.

    It comes into force on the day of the second signature; after the first one it does
    not change any more.
    """

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="agreements", verbose_name=_("unit")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="agreements",
        verbose_name=_("community"),
    )
    title = models.CharField(pgettext_lazy("of an agreement", "title"), max_length=80)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"))
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=AgreementState,
        default=AgreementState.DRAFT,
        editable=False,
    )
    signed_by_unit = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("signed for the unit by"),
    )
    signed_by_unit_at = models.DateTimeField(
        _("signed for the unit at"), null=True, editable=False
    )
    signed_by_community = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("signed for the community by"),
    )
    signed_by_community_at = models.DateTimeField(
        _("signed for the community at"), null=True, editable=False
    )
    in_force_on = models.DateField(_("in force since"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("ended by"),
    )
    end_reason = models.CharField(
        _("reason of ending"), max_length=200, blank=True, editable=False
    )

    triggers = (
        Undeletable("agreement_stays"),
        frozen_columns(
            "agreement_signed_is_frozen",
            *("unit_id", "organization_id", "title", "starts_on", "in_force_on"),
            *("signed_by_unit_id", "signed_by_unit_at"),
            *("signed_by_community_id", "signed_by_community_at"),
            when="OLD.in_force_on IS NOT NULL",
        ),
        frozen_columns(
            "agreement_end_is_frozen",
            *("ends_on", "ended_on", "planned_ends_on", "ended_by_id", "end_reason"),
            when="OLD.ended_on IS NOT NULL",
        ),
        *inside_life("agreement", "starts_on", lasting=True),
    )
    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-building agreement")
        verbose_name_plural = _("co-building agreements")
        ordering = ["-starts_on", "title", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "ended_on", "planned_ends_on"),
                name="agreement_plausible_dates",
            ),
            planned_end_is_kept("agreement_keeps_the_planned_end"),
            in_order(
                "starts_on",
                "ends_on",
                name="agreement_ends_after_start",
                message=_("An agreement ends after the day it begins."),
            ),
            both_or_neither(
                "signed_by_unit",
                "signed_by_unit_at",
                name="agreement_unit_signature_is_whole",
                message=_("The unit's signature has a name and a time."),
            ),
            both_or_neither(
                "signed_by_community",
                "signed_by_community_at",
                name="agreement_community_signature_is_whole",
                message=_("The community's signature has a name and a time."),
            ),
            models.CheckConstraint(
                condition=~Q(signed_by_unit=F("signed_by_community")),
                name="agreement_signed_by_two_people",
                violation_error_message=_(
                    "One person cannot sign for both sides. Let somebody of the other"
                    " side sign."
                ),
            ),
            models.CheckConstraint(
                condition=STATE_FITS,
                name="agreement_state_fits_signatures",
                violation_error_message=_(
                    "An agreement is in force once both sides have signed it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(in_force_on__isnull=True) | BY_UNIT & BY_COMMUNITY,
                name="agreement_in_force_when_both_signed",
                violation_error_message=_(
                    "An agreement comes into force when the second side signs."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=S.ENDED) & ~Q(end_reason="")
                | ~Q(state=S.ENDED) & Q(end_reason=""),
                name="agreement_ended_says_why",
                violation_error_message=_("An ended agreement says why it ended."),
            ),
            models.CheckConstraint(
                condition=Q(state=S.ENDED) | Q(ended_by=None),
                name="agreement_ended_by_when_ended",
                violation_error_message=_(
                    "Only an ended agreement names the person who ended it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The agreement's page."""
        return reverse("cobuilding:agreement", args=[self.pk])

    @property
    def shown_state(self) -> StrOrPromise:
        """How far it has come, in words; in force no longer once its term is over."""
        if self.state == AgreementState.IN_FORCE and self.ends_on <= today():
            return _("Run out")
        return AgreementState(self.state).label

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == AgreementState.DRAFT

    def is_signed_by(self, side: Side) -> bool:
        """Whether a side has signed it."""
        return getattr(self, f"signed_by_{side.value}_at") is not None
