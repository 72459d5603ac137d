"""Which resident units take part: those that have an agreement in force."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cobuilding.models import Agreement
from figures.coverage import Coverage
from organizations.models import Unit


def open_units(_day: dt.date) -> QuerySet[Unit]:
    """Return every unit on the register."""
    return Unit.objects.open().select_related("host")


def has_agreement(day: dt.date) -> Q:
    """Return the condition that an agreement with a unit is in force."""
    rows = Agreement.objects.in_force_on(day).filter(unit=OuterRef("pk"))
    return Q(Exists(rows))


def page_of_unit(row: Unit) -> str:
    """Return the page of a unit."""
    return row.get_absolute_url()


COVERAGES = (
    Coverage(
        "units_agreement",
        _("Resident units with an agreement in force"),
        _("Resident units without an agreement in force"),
        open_units,
        has_agreement,
        page_of_unit,
        organization="host",
    ),
)
