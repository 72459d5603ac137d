"""Publications: rules, notices and disclosures that an audience may read."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.constraints import in_order, plausible_dates
from core.months import today
from exchange.audiences import label_of_audience
from exchange.enums import PublicationKind, PublicationState
from exchange.models.documents import Document
from exchange.querysets import PublicationQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization


class Publication(models.Model):
    """What an organization shows to an audience, approved by a second person (R-72).

    `public_title`, `public_text` and `public_basis` are what strangers read: without
    names and numbers of people, as they stood when the publication was approved.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="publications",
        verbose_name=_("publisher"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PublicationKind)
    title = models.CharField(_("title of the publication"), max_length=80)
    text = models.TextField(_("text of the publication"), max_length=10_000)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publications",
        verbose_name=_("document behind it"),
    )
    audience = models.CharField(_("for"), max_length=40)
    on_wall = models.BooleanField(_("on the wall"), default=False)
    starts_on = models.DateField(_("shown from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("takes the place of"),
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("drafted by"),
    )
    drafted_at = models.DateTimeField(_("drafted at"), editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawal_reason = models.CharField(
        _("why it was withdrawn"), max_length=200, blank=True, editable=False
    )
    public_title = models.CharField(max_length=80, blank=True, editable=False)
    public_text = models.TextField(blank=True, editable=False)
    public_basis = models.CharField(max_length=200, blank=True, editable=False)

    triggers = inside_life("publication", "starts_on", lasting=True)
    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "drafted_at", "approved_at"),
                "withdrawn_at",
                name="publication_plausible_dates",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="publication_ends_after_start",
                message=_("A publication is shown for a day at least."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | Q(drafted_by=None)
                | ~Q(approved_by=F("drafted_by")),
                name="publication_approved_by_another",
                violation_error_message=_(
                    "Whoever drafted a publication does not approve it. Nothing was"
                    " published: ask the secretary or the street."
                ),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(approved_at__isnull=False),
                name="publication_approval_has_a_moment",
                violation_error_message=_("An approval has its moment."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""),
                name="publication_withdrawn_says_why",
                violation_error_message=_("A publication is withdrawn with a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the publication."""
        return reverse("exchange:publication", args=[self.pk])

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it is shown."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None

    @property
    def state(self) -> PublicationState:
        """How far the publication is today."""
        if self.withdrawn_at is not None:
            return PublicationState.WITHDRAWN
        if self.approved_at is None:
            return PublicationState.DRAFT
        if self.starts_on > today():
            return PublicationState.APPROVED
        over = self.ends_on is not None and self.ends_on <= today()
        return PublicationState.OVER if over else PublicationState.SHOWN

    @property
    def audience_label(self) -> str:
        """Who may read it, in words."""
        return label_of_audience(self.audience)
