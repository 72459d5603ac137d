"""The member."""

import datetime as dt

from django.conf import settings
from django.contrib.admin import display
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, scope_of
from core.dates import format_month
from core.db.constraints import plausible_dates
from core.db.fields import EncryptedTextField, NumberTextField
from core.db.triggers import Undeletable
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from core.identity import mask_identity_number, mask_phone
from core.partial_dates import PartialDate, partial_date
from core.pinyin import SortKeyField
from members.enums import (
    Category,
    EndReason,
    Precision,
    Sex,
    Standing,
    Willingness,
)
from members.errors import AlreadyRecorded
from members.models.member_indexes import MEMBER_INDEXES
from members.querysets import MemberQuerySet
from organizations.models import Organization, Unit

ValidMembers = ValidRowsManager.from_queryset(MemberQuerySet)


class Member(Voidable):
    """A Party member: memberships end, rows are never deleted (R-27).

    `organization` copies the open formal affiliation, `community` the open check-in;
    earlier ones are in those tables. `ended_on` is set when the membership itself has
    ended, by death for example, rather than the affiliation with one organization.

    A second record of one person is voided and says into which it was merged: its rows
    stay with it, and readers of the other find them there (`merged_into`).
    """

    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    sound = models.CharField(max_length=200, blank=True, editable=False)
    sort_key = SortKeyField(blank=True, editable=False)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)
    id_number = EncryptedTextField(_("identity number"), mask=mask_identity_number)
    id_index = models.CharField(max_length=64, editable=False)
    birth_date = models.DateField(_("birth date"))
    ethnicity = models.CharField(_("ethnic group"), max_length=20, blank=True)
    education = models.CharField(_("education"), max_length=20, blank=True)
    join_date = models.DateField(_("joined the Party on"), null=True, blank=True)
    join_precision = models.CharField(
        _("known"), max_length=5, choices=Precision, default=Precision.DAY
    )
    full_member_date = models.DateField(_("full member since"), null=True, blank=True)
    full_member_precision = models.CharField(
        _("known"), max_length=5, choices=Precision, default=Precision.DAY
    )
    standing = models.CharField(
        _("kind of member"), max_length=12, choices=Standing, default=Standing.FULL
    )
    category = models.CharField(
        _("category"), max_length=20, choices=Category, default=Category.RESIDENT
    )
    phone = EncryptedTextField(
        _("mobile phone"), mask=mask_phone, null=True, blank=True
    )
    phone_index = models.CharField(  # noqa: DJ001 -- none is not a phone
        max_length=64, null=True, blank=True, db_index=True, editable=False
    )
    landline = NumberTextField(_("landline"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    employer = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("employer"),
    )
    skills = models.JSONField(_("skills"), default=list, blank=True)
    interests = models.JSONField(_("interests"), default=list, blank=True)
    free_hours = models.JSONField(_("free hours"), default=list, blank=True)
    basis = models.CharField(
        _("file or document the record was taken from"), max_length=100, blank=True
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="members",
        verbose_name=_("Party organization"),
    )
    community = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="checked_in_members",
        verbose_name=_("checked in at"),
    )
    ended_on = models.DateField(_("membership ended on"), null=True, editable=False)
    end_reason = models.CharField(
        _("reason of ending"),
        max_length=20,
        choices=EndReason,
        blank=True,
        editable=False,
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("merged into"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="member",
        verbose_name=_("account"),
    )

    triggers = (
        Undeletable("member_stays"),
    )  # members end and are never deleted
    objects = ValidMembers()
    all_objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["sort_key", "pk"]
        indexes = MEMBER_INDEXES
        constraints = [
            plausible_dates(
                "birth_date",
                "join_date",
                "full_member_date",
                "ended_on",
                "voided_at",
                name="member_plausible_dates",
            ),
            models.UniqueConstraint(
                fields=["id_index"],
                condition=NOT_VOIDED,
                name="member_once",
                violation_error_message=AlreadyRecorded.message,
            ),
            void_has_reason("member_voided_says_why"),
            models.CheckConstraint(
                condition=Q(merged_into=None)
                | ~NOT_VOIDED & ~Q(merged_into=F("pk")) & Q(user=None),
                name="member_merged_stands_for_nobody",
                violation_error_message=_(
                    "A record that was merged into another counts for nobody and has no"
                    " account of its own."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="")
                | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="member_ended_for_a_reason",
                violation_error_message=_("A membership ends for a reason."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) & NOT_VOIDED
                | Q(organization=None, community=None),
                name="member_ended_belongs_nowhere",
                violation_error_message=_(
                    "The membership has ended, or was recorded by mistake: the person"
                    " belongs to no organization and is checked in nowhere."
                ),
            ),
            models.CheckConstraint(
                condition=Q(join_date=None) | Q(join_date__gt=F("birth_date")),
                name="member_joins_after_birth",
                violation_error_message=_(
                    "The day of joining the Party is earlier than the birth date."
                ),
            ),
            models.CheckConstraint(
                condition=Q(full_member_date=None)
                | Q(join_date=None)
                | Q(full_member_date__gte=F("join_date")),
                name="member_full_after_joining",
                violation_error_message=_(
                    "The day of becoming a full member is earlier than the day of"
                    " joining the Party."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.PROBATIONARY)
                | Q(full_member_date__isnull=True),
                name="member_probationary_has_no_full_date",
                violation_error_message=_(
                    "A probationary member has no day of becoming a full member yet."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def approved_on(self) -> dt.date | None:
        """The day on which the superior approved the admission, if it was recorded."""
        days = self.affiliations.exclude(approved_on=None)
        return days.order_by("approved_on").values_list("approved_on", flat=True).last()

    def is_record_of(self, user: Actor | None) -> bool:
        """Whether it is the person's own record, or was merged into that."""
        own = scope_of(user).member_id if user is not None else None
        return own is not None and own in {self.pk, self.merged_into_id}

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, or nothing."""
        return mask_phone(self.phone) if self.phone else ""

    @property
    def masked_id_number(self) -> str:
        """The identity number but for its last four, for the member's own page.

        It never stands beside the full birth date, with which it would say too much.
        """
        return mask_identity_number(self.id_number)

    @property
    def choice_label(self) -> str:
        """What the member is called where one is chosen among many.

        Several have the same name; branch or community and the month of birth tell them
        apart, as lists do. No part of a number stands here: choices are not recorded.
        """
        belongs_to = str(self.organization or self.community or "")
        born = gettext("born %(month)s") % {"month": format_month(self.birth_date)}
        return " · ".join(part for part in (self.name, belongs_to, born) if part)

    @property
    def available(self) -> str:
        """When the member is free, as written at the check-in that goes on."""
        times = self.check_ins.filter(ends_on=None).values_list("available", flat=True)
        return times.first() or ""

    @property
    def willing(self) -> str:
        """Whether the member wants to serve, as said at the check-in that goes on."""
        said = self.check_ins.filter(ends_on=None).values_list("willing", flat=True)
        return said.first() or Willingness.UNKNOWN

    def get_absolute_url(self) -> str:
        """The member's page."""
        return reverse("members:detail", args=[self.pk])

    @property
    def merged_records(self) -> "models.QuerySet[Member]":
        """Second records of this person, merged into this one."""
        return Member.all_objects.filter(merged_into=self.pk)

    def known_since(self) -> dt.date | None:
        """Return the first day on which the member belonged or checked in anywhere."""
        rows = (self.affiliations, self.check_ins)
        days = [
            row.starts_on for each in rows for row in each.order_by("starts_on")[:1]
        ]
        return min(days, default=None)

    @property
    @display(description=_("joined the Party on"))
    def joined(self) -> PartialDate | None:
        """The date of joining, as exactly as it is known."""
        return partial_date(self.join_date, self.join_precision)

    @property
    @display(description=_("full member since"))
    def full_since(self) -> PartialDate | None:
        """The date of becoming a full member, as exactly as it is known."""
        return partial_date(self.full_member_date, self.full_member_precision)
