"""People on their way to membership."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.db.constraints import plausible_dates
from core.db.fields import EncryptedTextField
from core.identity import mask_identity_number, mask_phone
from core.pinyin import SortKeyField
from members.enums import (
    DevelopmentStage,
    DevelopmentState,
    Sex,
)
from members.models.member import Member
from members.querysets import DevelopmentQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization


class Development(models.Model):
    """One person on the way to membership, who is no member yet (R-33).

    Nobody here counts as a member. The days on which the stages began copy the steps of
    those names; `member` is the record that the finished development led to.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="developments",
        verbose_name=_("Party organization"),
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    sound = models.CharField(max_length=200, blank=True, editable=False)
    sort_key = SortKeyField(blank=True, editable=False, db_index=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)
    id_number = EncryptedTextField(_("identity number"), mask=mask_identity_number)
    id_index = models.CharField(max_length=64, editable=False)
    birth_date = models.DateField(_("birth date"))
    phone = EncryptedTextField(
        _("mobile phone"), mask=mask_phone, null=True, blank=True
    )
    phone_index = models.CharField(  # noqa: DJ001 -- none is not a phone
        max_length=64, null=True, blank=True, db_index=True, editable=False
    )
    ethnicity = models.CharField(_("ethnic group"), max_length=20, blank=True)
    education = models.CharField(_("education"), max_length=20, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DevelopmentState,
        default=DevelopmentState.OPEN,
    )
    applied_on = models.DateField(_("applied on"))
    activist_on = models.DateField(_("activist since"), null=True, blank=True)
    candidate_on = models.DateField(_("candidate since"), null=True, blank=True)
    closed_on = models.DateField(_("finished on"), null=True, blank=True)
    reason = models.CharField(_("why it was stopped"), max_length=200, blank=True)
    member = models.OneToOneField(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="development",
        verbose_name=_("member"),
    )

    triggers = inside_life("development", "applied_on")
    objects = DevelopmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("person on the way to membership")
        verbose_name_plural = _("people on the way to membership")
        ordering = ["sort_key", "pk"]
        constraints = [
            plausible_dates(
                "birth_date",
                "applied_on",
                "activist_on",
                "candidate_on",
                "closed_on",
                name="development_plausible_dates",
            ),
            models.UniqueConstraint(
                fields=["id_index"],
                condition=Q(state=DevelopmentState.OPEN),
                name="development_one_open",
                violation_error_message=_(
                    "This person is on the way to membership already. Nothing was"
                    " saved: open that record."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(activist_on=None) | Q(activist_on__gte=F("applied_on")))
                & (
                    Q(candidate_on=None)
                    | Q(activist_on__isnull=False, candidate_on__gte=F("activist_on"))
                )
                & (Q(closed_on=None) | Q(closed_on__gte=F("applied_on"))),
                name="development_stages_in_order",
                violation_error_message=_(
                    "The stages follow each other: application, activist, candidate,"
                    " admission. Nothing was saved: check the days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DevelopmentState.OPEN, closed_on=None, member=None, reason=""
                )
                | Q(
                    state=DevelopmentState.ADMITTED,
                    closed_on__isnull=False,
                    member__isnull=False,
                    candidate_on__isnull=False,
                    reason="",
                )
                | Q(
                    state=DevelopmentState.STOPPED,
                    closed_on__isnull=False,
                    member=None,
                )
                & ~Q(reason=""),
                name="development_finished_somehow",
                violation_error_message=_(
                    "A development ends with the record of a member, or with the"
                    " reason why it was stopped."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the person."""
        return reverse("members:development", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether the development goes on."""
        return self.state == DevelopmentState.OPEN

    @property
    def stage(self) -> DevelopmentStage:
        """The stage that the person has reached."""
        if self.candidate_on is not None:
            return DevelopmentStage.CANDIDATE
        if self.activist_on is not None:
            return DevelopmentStage.ACTIVIST
        return DevelopmentStage.APPLICANT

    @property
    def stage_since(self) -> dt.date:
        """The day on which that stage began."""
        return self.candidate_on or self.activist_on or self.applied_on

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, or nothing."""
        return mask_phone(self.phone) if self.phone else ""
