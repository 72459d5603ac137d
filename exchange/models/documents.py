"""Documents of organizations: rules, decisions and papers of superiors."""

import datetime as dt
from operator import attrgetter

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.db.constraints import in_order, plausible_dates
from core.db.fields import NumberTextField
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from core.months import today
from exchange.enums import DELEGATION
from exchange.models.files import Attachment
from exchange.querysets import DecisionDocumentQuerySet, DocumentQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization, OrganizationChange

NAMED = 12
"""Of how many organizations a list names whom a document reaches."""
ValidLinks = ValidRowsManager.from_queryset(DecisionDocumentQuerySet)
ValidDocuments = ValidRowsManager.from_queryset(DocumentQuerySet)


class Document(Voidable):
    """One version of a document that an organization keeps, with its text or file.

    A new version is a row of its own that replaces the former one, whose force ends on
    the day on which the new one begins.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="documents",
        verbose_name=_("keeping organization"),
    )
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("document title"), max_length=120)
    number = NumberTextField(_("document number"), max_length=60, blank=True)
    issuer = models.CharField(_("issuing body"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    starts_on = models.DateField(_("in force from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)
    text = models.TextField(_("text of the document"), max_length=20_000, blank=True)
    file = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )
    handed_down = models.BooleanField(_("for organizations below"), default=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("former version"),
    )

    triggers = inside_life("document", "starts_on", lasting=True, voidable=True)
    objects = ValidDocuments()
    all_objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            plausible_dates(
                *("issued_on", "starts_on", "ends_on", "voided_at"),
                name="document_plausible_dates",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="document_ends_after_start",
                message=_("A document is in force for a day at least."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=DELEGATION)
                | ~Q(text="")
                | ~Q(number="")
                | Q(file__isnull=False),
                name="document_delegation_says_what",
                violation_error_message=_(
                    "A list of powers says what is passed down. Nothing was saved: give"
                    " it its text, its number or its file."
                ),
            ),
            void_has_reason("document_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title

    def get_absolute_url(self) -> str:
        """The page of the document."""
        return reverse("exchange:document", args=[self.pk])

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which the document is in force."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None

    @property
    def giver(self) -> str:
        """Who issued it: the organization that keeps it, unless another is named."""
        return self.issuer or self.organization.name

    @property
    def reaches(self) -> str:
        """Whom it is for: the organization that keeps it, or those below it by name."""
        if not self.handed_down:
            return self.organization.name
        below = sorted(self.organization.children.all(), key=attrgetter("path"))
        names = [place.name for place in below if place.ended_on is None]
        if not names:
            return gettext("%(place)s and below") % {"place": self.organization.name}
        words = "、".join(names[:NAMED])
        if len(names) > NAMED:
            words = gettext("%(names)s and others") % {"names": words}
        return gettext("%(names)s, and what lies below them") % {"names": words}

    @property
    def not_yet(self) -> bool:
        """Whether the document comes into force on a later day."""
        return self.starts_on > today()

    @property
    def is_in_force(self) -> bool:
        """Whether the document is in force today."""
        begun = self.starts_on <= today()
        return begun and (self.ends_on is None or self.ends_on > today())


class DocumentLink(Voidable):
    """A document behind a record, such as the rules of a body.

    The app of the record declares a subclass with a foreign key `record` to it: one
    table for each kind of record, each with real keys (`exchange.document_links`).
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", verbose_name=_("document")
    )
    linked_at = models.DateTimeField(_("linked at"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.document)


class DecisionDocument(DocumentLink):
    """A document behind a decision about an organization, such as the approval."""

    record = models.ForeignKey(
        OrganizationChange,
        models.PROTECT,
        related_name="document_links",
        verbose_name=_("change of an organization"),
    )

    objects = ValidLinks()
    all_objects = DecisionDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a decision")
        verbose_name_plural = _("documents of decisions")
        ordering = ["record", "pk"]
        constraints = [
            plausible_dates(
                "linked_at", "voided_at", name="decisiondocument_plausible_dates"
            ),
            void_has_reason("decisiondocument_voided_says_why"),
            models.UniqueConstraint(
                fields=["record", "document"],
                condition=NOT_VOIDED,
                name="decisiondocument_named_once",
                violation_error_message=_(
                    "This document is named already. Nothing was saved a second time."
                ),
            ),
        ]
