"""What this app registers for others: blockers of closing, and rules of the tree."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.audit.presentation import label_values
from core.db.digests import WrittenCheck, written_checks
from core.web.components import DetailRow
from organizations.actions import give_back, name_of, take_along
from organizations.closing_blockers import ClosingBlocker, closing_blockers
from organizations.ended_places import refuse_at_ended
from organizations.enums import WITHOUT_SEAL, GlanceHeading, OrganizationKind
from organizations.findings import StructuralRule, count_findings, structural_rules
from organizations.glance import GlanceLines, glance_lines
from organizations.mergers import Merger, mergers
from organizations.models import Organization, Unit
from organizations.place_columns import PlaceColumn, place_columns
from organizations.queries import labels_of_code_list

PARTY = "中共"
"""How the name on every seal begins (R-09)."""

closing_blockers.add(
    ClosingBlocker(
        "organizations.units",
        _("resident units: %(count)s (enter them with another community)"),
        Unit.objects.all,
        column="host",
        until="ended_on",
    ),
)
written_checks.add(WrittenCheck("organizations.ended", refuse_at_ended))
mergers.add(
    Merger(
        "organizations.units",
        _("resident units that go along: %(count)s"),
        Unit.objects.open,
        take_along("host"),
        take_back=give_back("host"),
        remember=name_of,
        column="host",
    )
)


def unlike_a_seal(_day: dt.date) -> QuerySet[Organization]:
    """Return the organizations whose full name is not that of a seal."""
    rows = Organization.objects.open().exclude(kind__in=WITHOUT_SEAL)
    return rows.exclude(full_name__startswith=PARTY)


structural_rules.add(
    StructuralRule(
        "organizations.seal",
        _("The full name is not that of the seal"),
        _("Rules on the seals of Party organizations: the whole name, with 中共"),
        _("Write the whole name as it stands on the seal."),
        unlike_a_seal,
        Organization.get_absolute_url,
    )
)
place_columns.add(
    PlaceColumn(
        "organizations.findings",
        _("to be put right"),
        lambda _reader, paths: count_findings(paths),
        lambda place: f"{reverse('organizations:findings')}?within={place.pk}",
        lambda _reader, _place: True,
        rank=90,
    )
)


def parts_below(place: Organization, _reader: Actor) -> Iterator[DetailRow]:
    """Yield how many organizations of each kind lie below, such as groups and grids."""
    rows = Organization.objects.open().filter(path__startswith=place.path)
    counts = rows.exclude(pk=place.pk).order_by().values_list("kind")
    numbers = dict(counts.annotate(count=Count("pk")))
    listed = reverse("organizations:list")
    for kind in OrganizationKind:
        if numbers.get(kind):
            query = urlencode({"within": f"{place.pk}", "kind": kind.value})
            yield DetailRow(kind.label, numbers[kind], f"{listed}?{query}")


glance_lines.add(
    GlanceLines("organizations.parts", GlanceHeading.LOAD, parts_below, rank=10)
)
label_values("organizations.Unit", sector=labels_of_code_list("org_sectors"))
label_values("organizations.PlaceFact", kind=labels_of_code_list("place_fact_kinds"))
