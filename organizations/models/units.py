"""Resident units: legal entities that lie in a community's area."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.constraints import plausible_dates
from core.db.fields import NumberTextField
from core.pinyin import MAX_LENGTH as PINYIN_LENGTH
from organizations.models.tree import Organization
from organizations.querysets import UnitQuerySet


class Unit(models.Model):
    """A legal entity in the area: an organ, a school, an enterprise (R-08)."""

    name = models.CharField(_("name"), max_length=80)
    # Null only where an earlier unit of the community has the same name.
    name_key = models.CharField(  # noqa: DJ001 -- unique where there is one
        max_length=160, null=True, editable=False
    )
    sound = models.CharField(
        max_length=PINYIN_LENGTH, blank=True, default="", editable=False
    )
    credit_code = NumberTextField(
        _("social credit code"), max_length=18, null=True, blank=True
    )
    sector = models.CharField(
        _("sector"), max_length=8, blank=True, help_text=_("Code list: org_sectors")
    )
    host = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="units",
        verbose_name=_("community it lies in"),
    )
    address = models.CharField(_("address"), max_length=120, blank=True)
    ended_on = models.DateField(
        _("off the register since"), null=True, blank=True, editable=False
    )

    bookkeeping = ("sound", "name_key")
    # Came when rows were digested already; `verify` derives them anew.
    without_digest = ("sound", "name_key")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("resident unit")
        verbose_name_plural = _("resident units")
        ordering = ["name"]
        constraints = [
            plausible_dates("ended_on", name="unit_plausible_dates"),
            models.UniqueConstraint(
                fields=["credit_code"],
                name="unit_credit_code_once",
                violation_error_message=_("A unit with this credit code is recorded."),
            ),
            models.UniqueConstraint(
                fields=["host", "name_key"],
                name="unit_name_once_per_host",
                violation_error_message=_(
                    "This community already has a unit of that name."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The unit's page."""
        return reverse("organizations:unit", args=[self.pk])
