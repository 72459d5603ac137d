"""Who may deal with a case: people who keep the records of its place."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import RoleAssignment, User
from core.db.tree import ancestor_paths
from organizations.models import Organization
from organizations.roles import RECORD_KEEPERS


def possible_owners(organization: Organization) -> QuerySet[User]:
    """Return who keeps the records of a place today, there or above."""
    return _keepers_at([*ancestor_paths(organization.path), organization.path])


def keepers_above(path: str) -> tuple[str, QuerySet[User]] | None:
    """Return the nearest place above where somebody keeps records, and who does."""
    for above in reversed(ancestor_paths(path)):
        if (keepers := _keepers_at([above])).exists():
            return above, keepers
    return None


def _keepers_at(paths: Iterable[str]) -> QuerySet[User]:
    assignments = RoleAssignment.objects.current().of_roles(RECORD_KEEPERS)
    at_place = assignments.filter(organization__path__in=list(paths))
    keys = at_place.order_by().values("user")
    people: QuerySet[User] = User.objects.filter(pk__in=keys, is_active=True)
    return people.order_by("pk")
