"""Filter of the list of transfers."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.months import today
from core.names import name_contains
from members.enums import RUNNING_OUT_DAYS, TRANSFER_DIRECTIONS, Direction, Stage
from members.fields import transfer_causes
from members.models import Member, Transfer


def closing_years() -> list[tuple[int, str]]:
    """Return this year and the years before it by which transfers are looked up."""
    return [(year, str(year)) for year in range(today().year, today().year - 5, -1)]


class TransferFilter(django_filters.FilterSet):
    """Filter transfers by name, stage, direction and cause."""

    q = django_filters.CharFilter(
        label=_("Name, pinyin or former unit"), method="by_name"
    )
    stage = django_filters.ChoiceFilter(
        label=_("How far it has come"), choices=Stage.choices, method="by_stage"
    )
    way = django_filters.ChoiceFilter(
        label=_("Which way"), choices=TRANSFER_DIRECTIONS, method="by_way"
    )
    cause = django_filters.ChoiceFilter(
        label=_("Cause of the transfer"), choices=transfer_causes
    )

    year = django_filters.ChoiceFilter(
        label=_("Year in which it was closed"),
        choices=closing_years,
        field_name="closed_on__year",
    )

    class Meta:
        model = Transfer
        fields = ("q", "stage", "way", "cause", "year")

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep transfers of people by their name, its sound, or their former unit."""
        wanted = text.strip()[:50]
        members = Member.objects.named(wanted).order_by().values("pk")
        return rows.filter(
            Q(member__in=members)
            | name_contains(wanted, "person_name")
            | name_contains(wanted, "former_unit")
        )

    def by_stage(self, rows: Any, _name: str, stage: str) -> Any:
        """Keep transfers that have come so far."""
        kept: dict[str, Any] = {
            Stage.PROPOSED: rows.proposed,
            Stage.IN_TRANSIT: rows.in_transit,
            Stage.ARRIVED: rows.arrived,
            Stage.RUNNING_OUT: lambda: rows.running_out(today(), RUNNING_OUT_DAYS),
            Stage.EXPIRED: rows.expired,
            Stage.CAME_BACK: rows.came_back,
            Stage.WITHOUT_RECEIPT: rows.without_receipt,
        }
        return kept[stage]() if stage in kept else rows.filter(state=stage)

    def by_way(self, rows: Any, _name: str, way: str) -> Any:
        """Keep transfers from the reader's area, or to it."""
        user = self.request.user
        return rows.leaving(user) if way == Direction.OUT else rows.coming(user)
