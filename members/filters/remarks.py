"""Filter of the list of guarded remarks about members; it searches for nobody."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import RemarkAnswer
from members.filters.members import visible_organizations
from members.models import GuardedRemark
from organizations.models import Organization, Unit

WITHOUT_UNIT = "none"


def units_with_remarks(request: Any) -> QuerySet[Unit]:
    """Return the units of members about whom the reader keeps a remark."""
    rows = GuardedRemark.objects.managed_by(request.user).of_members()
    keys = rows.exclude(unit_of_member=None).order_by().values("unit_of_member")
    return Unit.objects.filter(pk__in=keys).order_by("name", "pk")


class RemarkFilter(django_filters.FilterSet):
    """Filter remarks by the unit of the member, by place, and by how they stand."""

    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        queryset=units_with_remarks,
        null_label=_("No unit on record"),
        null_value=WITHOUT_UNIT,
        method="of_unit",
    )
    place = django_filters.ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="at_or_below",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=RemarkAnswer.choices,
        method="by_state",
        empty_label=pgettext_lazy("guarded remark", "All that are not settled"),
    )

    class Meta:
        model = GuardedRemark
        fields = ("unit", "place", "state")

    def of_unit(self, rows: Any, _name: str, unit: Unit | str) -> Any:
        """Keep those of members of the unit, or of those without one on record."""
        if isinstance(unit, str):
            return rows.filter(unit_of_member=None)
        return rows.filter(unit_of_member=unit.pk)

    def at_or_below(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Keep those of the place and of everything below it."""
        return rows.within(organization)

    def by_state(self, rows: Any, _name: str, state: str) -> Any:
        """Keep those without a reply, with one, or settled."""
        return rows.in_state(state)

    def filter_queryset(self, queryset: Any) -> Any:
        """Leave out what is settled, unless that is asked for."""
        rows = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("state")
        return rows if asked else rows.filter(settled_on=None)
