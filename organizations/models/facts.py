"""Dated facts of places: population, households, facilities, income."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.money import HundredthsField
from core.db.voidable import NOT_VOIDED, ValidRowsManager, Voidable, void_has_reason
from core.numbers import format_number
from organizations.lifetimes import inside_life
from organizations.models.tree import Organization
from organizations.querysets import PlaceFactQuerySet

MOST = 100_000_000_000
ValidFacts = ValidRowsManager.from_queryset(PlaceFactQuerySet)


class PlaceFact(Voidable):
    """What was so of a place on a day: a number, who took it, and how exact it is.

    It holds until a later one of its kind. The kinds, with their units, are a code
    list. A later figure never overwrites an earlier one.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="place_facts",
        verbose_name=_("organization"),
    )
    kind = models.CharField(_("kind of number"), max_length=40)
    value = HundredthsField(_("value"))
    taken_on = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=80)
    is_estimate = models.BooleanField(_("estimated"), default=False)
    is_minimum = models.BooleanField(_("at least so many"), default=False)

    triggers = inside_life("placefact", "taken_on", voidable=True)
    objects = ValidFacts()
    all_objects = PlaceFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact of a place")
        verbose_name_plural = _("facts of places")
        ordering = ["organization__path", "kind", "-taken_on", "pk"]
        constraints = [
            plausible_dates("taken_on", "voided_at", name="placefact_plausible_dates"),
            bounded("value", least=0, most=MOST, name="placefact_value"),
            void_has_reason("placefact_voided_says_why"),
            models.UniqueConstraint(
                fields=["organization", "kind", "taken_on"],
                condition=NOT_VOIDED,
                name="placefact_one_a_day",
                violation_error_message=_(
                    "There is a number of this kind for that day already. Nothing was"
                    " saved: void the wrong one first, or choose the right day."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="placefact_has_a_source",
                violation_error_message=_("A number has its source."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {format_day(self.taken_on)}"

    def get_absolute_url(self) -> str:
        """The page of the facts of its place."""
        return reverse("organizations:facts_of_place", args=[self.organization_id])

    @property
    def number(self) -> str:
        """The number with how exact it is, as people write it."""
        text = format_number(self.value)
        if self.is_minimum:
            text = gettext("at least %(number)s") % {"number": text}
        if self.is_estimate:
            text = gettext("about %(number)s") % {"number": text}
        return text
