"""Terms of office of bodies."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.enums import Filling
from communities.models.body import Body
from communities.querysets import TermOfOfficeQuerySet
from core.db.bounds import bounded
from core.db.constraints import NoOverlap, both_or_neither, in_order, plausible_dates
from core.db.fields import NumberTextField
from core.db.terms import Term, planned_end_is_kept
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from core.months import months_after

ValidTerms = ValidRowsManager.from_queryset(TermOfOfficeQuerySet)
EXTENSION_MONTHS = 12
"""No extension is longer by the opinion on terms of office (R-05)."""


class TermOfOffice(Voidable, Term):
    """One term of a body: from its beginning until the next one begins (R-05).

    A term that has run out goes on until the next one begins, and is overdue. Extended,
    it keeps the end with which it began, and who approved the new one when.
    """

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="terms", verbose_name=_("body")
    )
    number = models.PositiveSmallIntegerField(_("term number"))
    starts_on = models.DateField(_("begun on"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)
    begun_by = models.CharField(_("begun by"), max_length=20, choices=Filling)
    basis = models.CharField(_("title of the document"), max_length=120, blank=True)
    basis_number = NumberTextField(
        _("number of the document"), max_length=60, blank=True
    )
    approved_by = models.CharField(_("approved by"), max_length=60, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    regular_ends_on = models.DateField(
        _("without the extension until (exclusive)"), null=True, editable=False
    )
    extension_basis = models.CharField(
        _("document of the extension"), max_length=120, blank=True, editable=False
    )
    extension_approved_on = models.DateField(
        _("extension approved on"), null=True, editable=False
    )

    objects = ValidTerms()
    all_objects = TermOfOfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = ["body", "-starts_on", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "ended_on", "planned_ends_on"),
                *("approved_on", "regular_ends_on", "extension_approved_on"),
                "voided_at",
                name="termofoffice_plausible_dates",
            ),
            planned_end_is_kept("termofoffice_keeps_the_planned_end"),
            in_order(
                "starts_on",
                "ends_on",
                name="termofoffice_ends_after_start",
                message=_("A term ends after the day it begins."),
            ),
            NoOverlap(
                name="termofoffice_no_overlap",
                keys=["body"],
                condition=NOT_VOIDED,
                violation_error_message=_(
                    "The body was in another term on that day already."
                ),
            ),
            models.UniqueConstraint(
                fields=["body", "number"],
                condition=NOT_VOIDED,
                name="termofoffice_number_once",
                violation_error_message=_("The body had a term of this number."),
            ),
            bounded("number", least=1, most=99, name="termofoffice_number"),
            void_has_reason("termofoffice_voided_says_why"),
            both_or_neither(
                "regular_ends_on",
                "extension_approved_on",
                name="termofoffice_extension_is_approved",
                message=_("An extension has the day on which it was approved."),
            ),
            models.CheckConstraint(
                condition=Q(regular_ends_on=None, extension_basis="")
                | Q(regular_ends_on__isnull=False) & ~Q(extension_basis=""),
                name="termofoffice_extension_has_a_document",
                violation_error_message=_("An extension has a document behind it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}"

    def get_absolute_url(self) -> str:
        """The page of the body whose term it is."""
        return self.body.get_absolute_url()

    @property
    def until(self) -> dt.date | None:
        """The last day: that before the next term, or before the body, ended it.

        A term that had run out went on until then.
        """
        if self.ended_on is None:
            return self.last_day
        return max(self.ended_on, self.ends_on or self.ended_on) - dt.timedelta(days=1)

    @property
    def extended_until(self) -> dt.date | None:
        """The last day until which the term may be extended (R-05)."""
        regular = self.regular_ends_on or self.ends_on
        if regular is None:
            return None
        return months_after(regular, EXTENSION_MONTHS) - dt.timedelta(days=1)

    @property
    def is_extendable(self) -> bool:
        """Whether the term goes on and may still be extended (R-05)."""
        last, most = self.last_day, self.extended_until
        return (
            self.ended_on is None
            and last is not None
            and most is not None
            and last < most
        )
