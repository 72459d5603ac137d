"""Code lists, numbers of rules and the office's own working days: data, not code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.bounds import bounded
from core.db.constraints import in_order, plausible_dates
from core.db.fields import NumberTextField
from organizations.enums import ThresholdKey
from organizations.querysets import (
    CodeItemQuerySet,
    ThresholdQuerySet,
    WorkdayOverrideQuerySet,
)


class CodeItem(models.Model):
    """One item of a code list, such as an ethnic group or an education level."""

    code_list = models.CharField(_("list"), max_length=40)
    code = NumberTextField(_("code"), max_length=40)
    label = models.CharField(_("label"), max_length=80)
    parent_code = NumberTextField(_("parent code"), max_length=40, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)

    objects = CodeItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("code list item")
        verbose_name_plural = _("code list items")
        ordering = ["code_list", "position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code_list", "code"],
                name="codeitem_once",
                violation_error_message=_("The list already has this code."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Threshold(models.Model):
    """A number that a rule compares with, in force for a time."""

    key = models.CharField(_("rule"), max_length=40, choices=ThresholdKey)
    value = models.IntegerField(_("value"))
    basis = models.CharField(_("basis"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["key", "starts_on"]
        constraints = [
            plausible_dates("starts_on", "ends_on", name="threshold_plausible_dates"),
            bounded("value", least=0, most=100_000, name="threshold_bounds"),
            in_order(
                "starts_on",
                "ends_on",
                name="threshold_ends_after_start",
                message=_("The end date is before the start date."),
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(ends_on=None),
                name="threshold_one_open",
                violation_error_message=_("The rule already has a value in force."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.value}"


class WorkdayOverride(models.Model):
    """A day the office works, or does not, against the common calendar."""

    day = models.DateField(_("day"), unique=True)
    works = models.BooleanField(_("is a working day"))
    note = models.CharField(_("note"), max_length=80, blank=True)

    objects = WorkdayOverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("workday override")
        verbose_name_plural = _("workday overrides")
        ordering = ["-day"]
        constraints = [plausible_dates("day", name="workdayoverride_plausible_dates")]

    def __str__(self) -> str:
        return format_day(self.day)
