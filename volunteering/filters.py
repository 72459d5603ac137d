"""What lists of shifts and claims are narrowed by."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from organizations.models import Organization
from volunteering.enums import CodeList, PostState
from volunteering.models import Shift
from volunteering.queries import items_of


def _categories() -> list[tuple[str, str]]:
    return items_of(CodeList.CATEGORIES)


def _offering(_request: Any) -> QuerySet[Organization]:
    rows = Organization.objects.filter(posts__state=PostState.OPEN)
    return rows.distinct().order_by("path")


class OpenShiftFilter(FilterSet):
    """The public list, by what is to be done and where."""

    category = ChoiceFilter(
        field_name="post__category", choices=_categories, label=_("Post category")
    )
    community = ModelChoiceFilter(
        field_name="post__organization", queryset=_offering, label=_("Community")
    )

    class Meta:
        model = Shift
        fields: list[str] = []
