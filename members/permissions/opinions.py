"""Who asks for opinions, who gives them, and what a unit reads of its people."""

from core.actors import Actor, scope_of
from members.models import Member, OpinionRequest
from organizations.roles import RECORD_KEEPERS


def speaks_for_a_unit(user: Actor) -> bool:
    """Liaisons read of their own unit's people whether they check in and serve."""
    return bool(scope_of(user).units())


def can_see_opinions(user: Actor) -> bool:
    """Record keepers and liaisons ask for opinions and read those that they share."""
    return scope_of(user).has_role(RECORD_KEEPERS) or speaks_for_a_unit(user)


def can_ask_for_body(user: Actor, member: Member) -> bool:
    """Record keepers of where a member belongs ask before they honour them."""
    home = member.organization
    return home is not None and scope_of(user).has_role_over(home.path, RECORD_KEEPERS)


def can_ask_for_unit(user: Actor, member: Member) -> bool:
    """A liaison asks about the people whom their own unit employs."""
    return member.employer_id in scope_of(user).units()


def can_answer(user: Actor, row: OpinionRequest) -> bool:
    """Who keeps the records of the very place that is asked answers for it.

    Nobody answers about themselves, or what their own unit asks.
    """
    rows = OpinionRequest.objects.answered_by_place_of(user)
    return rows.filter(pk=row.pk).exists()


def can_withdraw(user: Actor, row: OpinionRequest) -> bool:
    """Whoever asked, or speaks for the unit or body that asked, withdraws."""
    rows = OpinionRequest.objects.asked_by_side_of(user)
    return rows.filter(pk=row.pk).exists()
