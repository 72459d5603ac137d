"""Who may see figures."""

from core.actors import Actor, scope_of
from organizations.models import Organization
from organizations.roles import READERS


def can_see_figures(user: Actor, organization: Organization) -> bool:
    """Readers see the figures of their own subtrees and of those they guide."""
    tops = scope_of(user).seen_paths(READERS)
    return any(organization.path.startswith(top) for top in tops)
