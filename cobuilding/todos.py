"""What waits for people in co-building."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cobuilding.enums import SIGNING
from cobuilding.models import Agreement
from core.duties import scope_of
from core.querysets import any_of
from core.todos import Todo, TodoSource, todo_sources
from core.tree import path_range


def signatures(user: object, _day: dt.date) -> Iterable[Todo]:
    """Agreements that wait for the reader's own side to sign."""
    scope = scope_of(user)
    if units := scope.units():
        wanted = Agreement.objects.of_units(units).wanting_unit().count()
        if wanted:
            yield Todo(
                _("Agreements to sign for the unit"), reverse("cobuilding:unit"), wanted
            )
    if paths := scope.paths(SIGNING):
        below = any_of(path_range("organization", path) for path in paths)
        wanted = Agreement.objects.wanting_community().filter(below).count()
        if wanted:
            url = f"{reverse('cobuilding:list')}?state=signed_by_unit"
            yield Todo(_("Agreements to sign for the community"), url, wanted)


todo_sources.add(TodoSource("cobuilding.signatures", signatures))
