"""A correction of the own record that a member proposes (本人更正)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.db.constraints import plausible_dates
from core.db.fields import EncryptedTextField
from core.identity import mask_phone
from members.enums import CorrectedField, CorrectionState
from members.models.member import Member
from members.querysets import ProposedCorrectionQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization
from organizations.queries import labels_by_code

OPEN = Q(state=CorrectionState.OPEN)


class ProposedCorrection(models.Model):
    """One value of the own record that a member would have otherwise, and why.

    Nothing changes until whoever keeps the record has accepted it; then it is corrected
    as if they had typed it. `organization` is where the member belonged or was checked
    in when it was proposed. A unit is named in words, which the keeper finds in the
    register.
    """

    member = models.ForeignKey(
        Member,
        models.PROTECT,
        related_name="proposed_corrections",
        verbose_name=_("member"),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("Party organization"),
    )
    field = models.CharField(
        pgettext_lazy("correction", "what is wrong"),
        max_length=10,
        choices=CorrectedField,
    )
    value = EncryptedTextField(pgettext_lazy("correction", "what is right"))
    reason = models.CharField(_("reason"), max_length=200)
    proposed_on = models.DateField(_("proposed on"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=CorrectionState,
        default=CorrectionState.OPEN,
    )
    note = models.CharField(
        pgettext_lazy("correction", "why it was declined"), max_length=200, blank=True
    )
    decided_on = models.DateField(
        pgettext_lazy("correction", "decided on"), null=True, blank=True
    )

    triggers = inside_life("proposedcorrection", "proposed_on")
    objects = ProposedCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed correction")
        verbose_name_plural = _("proposed corrections")
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            plausible_dates(
                *("proposed_on", "decided_on"),
                name="proposedcorrection_plausible_dates",
            ),
            models.UniqueConstraint(
                fields=["member", "field"],
                condition=OPEN,
                name="proposedcorrection_one_open",
                violation_error_message=_(
                    "A correction of the same is waiting already. Nothing was saved:"
                    " withdraw that one first."
                ),
            ),
            models.CheckConstraint(
                condition=(OPEN & Q(decided_on=None))
                | (~OPEN & Q(decided_on__isnull=False)),
                name="proposedcorrection_decided_on_a_day",
                violation_error_message=_("A correction is decided on a day."),
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.DECLINED) | ~Q(note=""),
                name="proposedcorrection_declined_for_a_reason",
                violation_error_message=_("A correction is declined for a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="proposedcorrection_has_a_reason",
                violation_error_message=_("A correction is proposed for a reason."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("proposed_on")),
                name="proposedcorrection_decided_after_proposed",
                violation_error_message=_(
                    "A correction is decided after it was proposed."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.name} {self.get_field_display()}"

    def get_absolute_url(self) -> str:
        """The page of the correction."""
        return reverse("members:correction", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it waits for who keeps the record."""
        return self.state == CorrectionState.OPEN

    @property
    def shown_value(self) -> str:
        """What is proposed, as pages show it: of a phone neither here nor there all."""
        return self.show(self.value)

    @property
    def recorded_value(self) -> str:
        """What stands in the record today, as pages show it."""
        value = getattr(self.member, self.field)
        return self.show(str(value)) if value else ""

    def show(self, value: str) -> str:
        """Return a value of the field as pages show it."""
        if self.field == CorrectedField.PHONE:
            return mask_phone(value)
        if self.field == CorrectedField.EDUCATION:
            return labels_by_code("education").get(value, value)
        return value
