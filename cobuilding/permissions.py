"""Who may do what in co-building."""

from cobuilding.enums import SIGNING, AgreementState, Side
from cobuilding.models import Agreement
from core.actors import Actor, scope_of
from organizations.roles import RECORD_KEEPERS, Role

LOOKING = RECORD_KEEPERS | {Role.CITY_OFFICER}


def can_see_agreements(user: Actor) -> bool:
    """Record keepers and city officers view co-building in their area."""
    return scope_of(user).has_role(LOOKING)


def can_draft(user: Actor) -> bool:
    """Record keepers draft agreements."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def speaks_for_a_unit(user: Actor) -> bool:
    """Liaisons have their unit's page."""
    return bool(scope_of(user).units())


def speaks_for(user: Actor, unit_id: int) -> bool:
    """The unit's liaison, who opens the rows of its targets, but reads no names."""
    return unit_id in scope_of(user).units()


def can_change_agreement(user: Actor, agreement: Agreement) -> bool:
    """Record keepers correct drafts of their area, and end agreements."""
    return Agreement.objects.managed_by(user).filter(pk=agreement.pk).exists()


def can_sign_for_unit(user: Actor, agreement: Agreement) -> bool:
    """The unit's own liaison signs for it."""
    return speaks_for(user, agreement.unit_id)


def can_sign_for_community(user: Actor, agreement: Agreement) -> bool:
    """Secretary and deputy of the community sign for it; nobody above them does."""
    return scope_of(user).has_role_over(agreement.organization.path, SIGNING)


def can_sign(user: Actor, agreement: Agreement, side: Side) -> bool:
    """Who signs for a side whose signature is missing, but not for both sides.

    An agreement without a target cannot be signed.
    """
    may = can_sign_for_unit if side is Side.UNIT else can_sign_for_community
    other = getattr(agreement, f"signed_by_{side.other.value}_id")
    return (
        agreement.state not in {AgreementState.IN_FORCE, AgreementState.ENDED}
        and not agreement.is_signed_by(side)
        and other != getattr(user, "pk", None)
        and bool(agreement.targets.all())
        and may(user, agreement)
    )
