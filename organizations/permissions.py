"""Who may do what with resident units."""

from core.actors import Actor, scope_of
from organizations.models import Unit
from organizations.roles import READERS, RECORD_KEEPERS


def can_see_units(user: Actor) -> bool:
    """Whether the person may view the register of their area."""
    return scope_of(user).has_role(READERS)


def can_enter_units(user: Actor) -> bool:
    """Whether the person keeps the register anywhere."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_change_unit(user: Actor, unit: Unit) -> bool:
    """Whether the person keeps the register of the unit's community."""
    return Unit.objects.managed_by(user).filter(pk=unit.pk).exists()
