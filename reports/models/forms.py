"""The official form of the monthly return, stored as data in versions."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.months import month_of, today
from figures.definitions import indicators
from reports.querysets import ReturnFormQuerySet

MOST_OF_OTHER_UNITS = 999_999


class ReturnForm(models.Model):
    """One version of a form, in force until a later version."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title of the form"), max_length=80)
    starts_on = models.DateField(_("in force from"))

    objects = ReturnFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("return form")
        verbose_name_plural = _("return forms")
        ordering = ["code", "version"]
        constraints = [
            plausible_dates("starts_on", name="returnform_plausible_dates"),
            models.UniqueConstraint(
                fields=["code", "version"],
                name="returnform_version_once",
                violation_error_message=_("The form already has this version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class ReturnFormLine(models.Model):
    """One cell of a form: its headings, and the indicator that fills it.

    `indicator` may also be the key of the adjustment (see
    `reports.returns.balance`). A divisor of 10000 shows yuan in units of ten thousand.
    `most` is in the figure's own unit (yuan) and bounds what is typed by hand.
    A label may hold the placeholders of its indicator's label: `label_in` fills them.
    """

    form = models.ForeignKey(
        ReturnForm, models.CASCADE, related_name="lines", verbose_name=_("form")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    heading = models.CharField(_("heading"), max_length=40)
    subheading = models.CharField(_("second heading"), max_length=40, blank=True)
    label = models.CharField(_("label"), max_length=40)
    indicator = models.CharField(_("indicator"), max_length=40)
    unit = models.CharField(_("unit"), max_length=20)
    divisor = models.PositiveIntegerField(_("shown divided by"), default=1)
    official = models.BooleanField(_("part of the official sheet"), default=True)
    most = models.PositiveBigIntegerField(
        _("largest number that may be typed"), default=MOST_OF_OTHER_UNITS
    )

    class Meta:
        verbose_name = _("line of a return form")
        verbose_name_plural = _("lines of a return form")
        ordering = ["form", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "indicator"],
                name="returnformline_indicator_once",
                violation_error_message=_("The form already has this indicator."),
            ),
            models.UniqueConstraint(
                fields=["form", "position"],
                name="returnformline_position_once",
                violation_error_message=_("The form already has a line in this place."),
            ),
            bounded(
                "divisor", least=1, most=100_000_000, name="returnformline_divides"
            ),
            bounded(
                "most", least=1, most=999_999_999_999, name="returnformline_most_bounds"
            ),
        ]

    def __str__(self) -> str:
        return self.label_in(month_of(today()))

    def label_in(self, month: dt.date) -> str:
        """Return the label as it reads in a month, with the numbers then in force."""
        if self.indicator not in indicators:
            return self.label
        return indicators.get(self.indicator).fill_label(self.label, month)
