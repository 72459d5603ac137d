"""Filter above the register of resident units."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet, ModelChoiceFilter

from core.web.name_filter import NameFilter
from organizations.models import Organization, Unit


def visible_communities(request: Any) -> QuerySet[Organization]:
    """Return the communities by which the reader may filter units."""
    return Organization.objects.visible_to(request.user).communities().open()


class UnitFilter(FilterSet):
    """Units by name and community."""

    name = NameFilter(label=_("Unit"))
    host = ModelChoiceFilter(label=_("Community"), queryset=visible_communities)

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()
