"""Todos of co-building."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cobuilding.enums import SIGNING
from cobuilding.models import Agreement
from core.actors import Actor, scope_of
from core.registries.todos import Todo, TodoSource, todo_sources
from organizations.roles import COMMUNITY_KEEPERS


def signatures(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Agreements that wait for the reader's own side to sign."""
    if units := scope_of(user).units():
        unsigned = Agreement.objects.of_units(units).awaiting_unit().count()
        if unsigned:
            yield Todo(
                _("Agreements to sign for the unit"),
                reverse("cobuilding:unit"),
                unsigned,
            )
    own = Agreement.objects.awaiting_community().in_scope_of(user, SIGNING)
    if unsigned := own.count():
        url = f"{reverse('cobuilding:list')}?state=signed_by_unit"
        yield Todo(_("Agreements to sign for the community"), url, unsigned)


def drafts(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Drafts in which nothing is promised yet: nobody can sign them."""
    kept = Agreement.objects.in_scope_of(user, COMMUNITY_KEEPERS)
    if count := kept.without_targets().count():
        url = f"{reverse('cobuilding:list')}?state=draft"
        yield Todo(_("Draft agreements without targets"), url, count)


todo_sources.add(
    TodoSource("cobuilding.signatures", signatures),
    TodoSource("cobuilding.drafts", drafts),
)
