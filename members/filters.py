"""Filters of the list of members."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.enums import Category, Standing
from members.models import Member
from organizations.models import Organization


def visible_organizations(request: HttpRequest) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter the list."""
    return Organization.objects.visible_to(request.user).open().order_by("path")


class MemberFilter(django_filters.FilterSet):
    """Filter by name or pinyin, organization, standing and category.

    Never by a number: a partial search would reveal it digit by digit.
    """

    q = django_filters.CharFilter(label=_("Name or pinyin"), method="by_name")
    organization = django_filters.ModelChoiceFilter(
        label=_("Party organization"), queryset=visible_organizations, method="by_place"
    )
    standing = django_filters.ChoiceFilter(
        label=_("Kind of member"), choices=Standing.choices
    )
    category = django_filters.ChoiceFilter(
        label=_("Category"), choices=Category.choices
    )

    class Meta:
        model = Member
        fields = ("q", "organization", "standing", "category")

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep members whose name contains the text or sounds like it."""
        return rows.named(text.strip()[:50])

    def by_place(self, rows: Any, _name: str, place: Organization) -> Any:
        """Keep members who belong to the place or below, or are checked in there."""
        return rows.within(place)
