"""Forms that superiors send as workbooks, and what belongs into their cells."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from exchange.models import Attachment
from organizations.models import Organization
from reports.enums import CellContent, CellPeriod
from reports.querysets import MappedCellQuerySet, SuperiorFormQuerySet

MOST_ROW, MOST_COLUMN, MOST_SHEET = 1_048_576, 16_383, 199
ValidForms = ValidRowsManager.from_queryset(SuperiorFormQuerySet)


class SuperiorForm(Voidable):
    """A blank workbook that a superior sent, kept by a street for all below it.

    A file that the superior changed is a form of its own, which replaces the former
    one: what belongs into the cells of a file is recorded for its very bytes.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="superior_forms",
        verbose_name=_("street that keeps it"),
    )
    title = models.CharField(_("title of the form"), max_length=80)
    file = models.ForeignKey(
        Attachment, models.PROTECT, related_name="+", verbose_name=_("blank form")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("former version"),
    )
    made_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    objects = ValidForms()
    all_objects = SuperiorFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("superior's form")
        verbose_name_plural = _("superiors' forms")
        ordering = ["-pk"]
        constraints = [
            plausible_dates("voided_at", name="superiorform_plausible_dates"),
            void_has_reason("superiorform_voided_says_why"),
            models.UniqueConstraint(
                fields=["organization", "sha256"],
                condition=NOT_VOIDED,
                name="superiorform_file_once",
                violation_error_message=_(
                    "This very file is here already, with what belongs into its"
                    " cells. Nothing was stored: open it in the list of superiors'"
                    " forms."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page that shows its sheets."""
        return reverse("reports:superior_form", args=[self.pk])


class MappedCell(models.Model):
    """What belongs into one cell of a superior's form; rows from 1, columns from 0.

    Without a `place` the number is that of the place for which the form is filled. A
    `divisor` of 10000 fills yuan in units of ten thousand.
    """

    form = models.ForeignKey(
        SuperiorForm, models.CASCADE, related_name="cells", verbose_name=_("form")
    )
    sheet = models.PositiveSmallIntegerField(_("sheet"))
    row = models.PositiveIntegerField(_("row"))
    column = models.PositiveSmallIntegerField(_("column"))
    content = models.CharField(_("what to fill in"), max_length=10, choices=CellContent)
    indicator = models.CharField(_("indicator"), max_length=40, blank=True)
    breakdown = models.CharField(_("split by"), max_length=40, blank=True)
    band = models.CharField(_("band"), max_length=80, blank=True)
    period = models.CharField(
        _("of which time"), max_length=10, choices=CellPeriod, default=CellPeriod.MONTH
    )
    place = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("of which place"),
    )
    divisor = models.PositiveIntegerField(_("shown divided by"), default=1)
    text = models.CharField(_("text to fill in"), max_length=300, blank=True)

    # What is said of a cell: what the log tells, and what a changed form takes over.
    said = (
        *("content", "indicator", "breakdown", "band", "period", "place", "divisor"),
        "text",
    )
    objects = MappedCellQuerySet.as_manager()

    class Meta:
        verbose_name = _("cell of a superior's form")
        verbose_name_plural = _("cells of superiors' forms")
        ordering = ["form", "sheet", "row", "column"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "sheet", "row", "column"],
                name="mappedcell_once",
                violation_error_message=_(
                    "Somebody else has just said what belongs into this cell. Nothing"
                    " was changed: look at it and correct it there."
                ),
            ),
            bounded("sheet", least=0, most=MOST_SHEET, name="mappedcell_sheet"),
            bounded("row", least=1, most=MOST_ROW, name="mappedcell_row"),
            bounded("column", least=0, most=MOST_COLUMN, name="mappedcell_column"),
            bounded("divisor", least=1, most=100_000_000, name="mappedcell_divides"),
            models.CheckConstraint(
                condition=Q(content=CellContent.FIGURE) & ~Q(indicator="")
                | ~Q(content=CellContent.FIGURE) & Q(indicator="", breakdown=""),
                name="mappedcell_figure_has_indicator",
                violation_error_message=_(
                    "A number comes from an indicator, and nothing else does. Nothing"
                    " was saved: choose the indicator."
                ),
            ),
            models.CheckConstraint(
                condition=Q(breakdown="", band="")
                | ~Q(breakdown="") & ~Q(band="") & Q(period=CellPeriod.MONTH),
                name="mappedcell_band_of_one_month",
                violation_error_message=_(
                    "A band is counted in the month itself alone. Nothing was saved:"
                    " choose the month, or the whole number without a band."
                ),
            ),
            models.CheckConstraint(
                condition=Q(content=CellContent.TEXT) & ~Q(text="")
                | ~Q(content=CellContent.TEXT) & Q(text=""),
                name="mappedcell_text_says_something",
                violation_error_message=_(
                    "A text is what you type, and nothing else is. Nothing was saved:"
                    " type the text."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.sheet + 1}-{self.row}-{self.column + 1}"

    @property
    def position(self) -> tuple[int, int, int]:
        """Its sheet, row and column."""
        return self.sheet, self.row, self.column
