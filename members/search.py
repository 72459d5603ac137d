"""What this app lets people search for: members, and people on the way to membership.

By name or pinyin, never by a number: a partial search would reveal it digit by digit.
"""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.registries.search import (
    Hit,
    SearchKind,
    filtered,
    number_lookup,
    search_kinds,
)
from members.models import Development, Member
from members.permissions import can_admit, can_view_developments, can_view_members


def find_members(reader: Actor, text: str) -> QuerySet[Member]:
    """Return the members who are called so, former ones too, if the reader may see."""
    rows = Member.objects.visible_to(reader).named(text)
    related = rows.select_related("organization", "community")
    return related.defer("id_number", "phone")


def show_member(row: Member) -> Hit:
    """Show a member with the branch or community and the month of birth."""
    _name, _dot, note = row.choice_label.partition(" · ")
    return Hit(row.name, row.get_absolute_url(), note)


def list_members(text: str) -> str:
    """Return the address of the list of members, on the rolls or not."""
    return filtered(reverse("members:list"), q=text, record="")


def find_developments(reader: Actor, text: str) -> QuerySet[Development]:
    """Return the people on the way to membership who are called so."""
    rows = Development.objects.visible_to(reader).named(text)
    return rows.select_related("organization").defer("id_number")


def show_development(row: Development) -> Hit:
    """Show somebody on the way to membership with the branch."""
    return Hit(row.name, row.get_absolute_url(), row.organization.name)


def list_developments(text: str) -> str:
    """Return the address of their list, under way or not."""
    return filtered(reverse("members:developments"), q=text, state="")


def address_of_lookup(reader: Actor) -> str:
    """Return the page that finds members by a number, for those who may use it."""
    return reverse("members:find") if can_admit(reader) else ""


number_lookup.connect(address_of_lookup)
search_kinds.add(
    SearchKind(
        "members.members",
        _("Members"),
        can_view_members,
        find_members,
        show_member,
        list_members,
        rank=10,
        matched_by=_("name, pinyin or its initials"),
    ),
    SearchKind(
        "members.developments",
        _("People on the way to membership"),
        can_view_developments,
        find_developments,
        show_development,
        list_developments,
        rank=11,
    ),
)
