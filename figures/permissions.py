"""Who may see figures."""

from core.actors import Actor, scope_of
from figures.definitions import Source
from organizations.models import Organization
from organizations.roles import READERS


def can_see_figures(user: Actor, organization: Organization) -> bool:
    """Readers see the figures of their own subtrees and of those they guide."""
    tops = scope_of(user).seen_paths(READERS)
    return any(organization.path.startswith(top) for top in tops)


def can_open_bands(user: Actor, source: Source, organization: Organization) -> bool:
    """Bands of people open to those who may read their names, others to all readers.

    A band is a fact about each of its people, and of few people it is known who they
    are.
    """
    if not source.names_people:
        return can_see_figures(user, organization)
    return scope_of(user).has_role_over(organization.path, source.names_read_by)
