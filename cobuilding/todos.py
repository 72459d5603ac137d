"""Todos of co-building."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cobuilding.enums import SIGNING
from cobuilding.models import Agreement
from core.actors import Actor, scope_of
from core.registries.todos import Todo, TodoSource, todo_sources


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


todo_sources.add(TodoSource("cobuilding.signatures", signatures))
