"""Who may do what with the tree, with resident units and with facts of places."""

from core.actors import Actor, scope_of
from organizations.models import Organization, OrganizationChange, PlaceFact, Unit
from organizations.roles import INSTALLATION, READERS, RECORD_KEEPERS, Role


def can_see_tree(user: Actor) -> bool:
    """Whether the person may look at the tree of their area."""
    return scope_of(user).has_role(READERS | INSTALLATION)


def can_change_tree(user: Actor, place: Organization) -> bool:
    """Whether the person decides on what lies below the place: the street does."""
    return scope_of(user).has_role_over(place.path, {Role.STREET_STAFF})


def can_void(user: Actor, change: OrganizationChange) -> bool:
    """Whether the person decides on every place that voiding a decision changes."""
    above = change.organization.parent
    places = (above, change.other, change.former_parent)
    return above is not None and all(
        can_change_tree(user, place) for place in places if place is not None
    )


def can_name_documents(user: Actor, change: OrganizationChange) -> bool:
    """Whether the person names the documents behind a decision: who decides does."""
    return change.voided_at is None and can_void(user, change)


def reads_records_of(user: Actor, place: Organization) -> bool:
    """Whether the person reads what organizations below the place have recorded."""
    tops = scope_of(user).seen_paths(READERS)
    return any(place.path.startswith(top) for top in tops)


def can_see_units(user: Actor) -> bool:
    """Whether the person may view the register of their area."""
    return scope_of(user).has_role(READERS)


def can_enter_units(user: Actor) -> bool:
    """Whether the person keeps the register anywhere."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_change_unit(user: Actor, unit: Unit) -> bool:
    """Whether the person keeps the register of the unit's community."""
    return Unit.objects.managed_by(user).filter(pk=unit.pk).exists()


def can_see_facts(user: Actor) -> bool:
    """Whether the person may view the facts of the places of their area."""
    return scope_of(user).has_role(READERS)


def can_record_facts(user: Actor) -> bool:
    """Whether the person keeps the facts of a place anywhere."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_keep_facts_of(user: Actor, place: Organization) -> bool:
    """Whether the person keeps the facts of the place."""
    return scope_of(user).has_role_over(place.path, RECORD_KEEPERS)


def can_keep_fact(user: Actor, fact: PlaceFact) -> bool:
    """Whether the person keeps the place's facts, and may void this one."""
    return PlaceFact.objects.managed_by(user).filter(pk=fact.pk).exists()
