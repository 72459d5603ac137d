"""What this app shows of each organization in the tree: its people."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from members.models import Member
from members.permissions import can_view_members
from organizations.models import Organization
from organizations.place_columns import PlaceColumn, count_by_path, place_columns


def count_members(_reader: Actor, paths: Sequence[str]) -> Mapping[str, int]:
    """Count who belongs to each organization."""
    return count_by_path(Member.objects.all(), "organization", paths)


def page_of_members(place: Organization) -> str:
    """Return the members of an organization and of all below it."""
    return f"{reverse('members:list')}?{urlencode({'organization': place.pk})}"


place_columns.add(
    PlaceColumn(
        "members.members",
        _("members"),
        count_members,
        page_of_members,
        lambda reader, _place: can_view_members(reader),
        rank=10,
    )
)
