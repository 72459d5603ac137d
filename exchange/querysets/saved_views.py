"""Reads of what people keep of lists."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.actors import Actor, scope_of
from core.db.querysets import any_of
from core.db.tree import ancestor_paths, path_range
from organizations.roles import SUBTREE, Role

if TYPE_CHECKING:
    from exchange.models import SavedView

SHARERS = frozenset({Role.STREET_STAFF})


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Chosen columns and saved filters: one's own, and what the street shares."""

    def visible_to(self, user: Actor) -> Self:
        """One's own, and what is shared by an organization of one's office or above."""
        own = Q(owner=getattr(user, "pk", None))
        paths = scope_of(user).paths(SUBTREE)
        near = {above for path in paths for above in (*ancestor_paths(path), path)}
        if not near:
            return self.filter(own)
        return self.filter(own | Q(organization__path__in=near))

    def managed_by(self, user: Actor) -> Self:
        """One's own; street staff also what is shared in their area."""
        paths = scope_of(user).paths(SHARERS)
        shared = [path_range("organization", path) for path in paths]
        return self.filter(any_of([Q(owner=getattr(user, "pk", None)), *shared]))

    def named(self) -> Self:
        """Filters under a name, not the columns of a list."""
        return self.exclude(name="")

    def of_list(self, list_name: str) -> Self:
        """Of one list."""
        return self.filter(list_name=list_name)
