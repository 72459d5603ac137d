"""Who may do what with cases."""

from cases.models import Case
from core.actors import Actor, scope_of
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS


def can_see_cases(user: Actor) -> bool:
    """Meeting keepers look at the cases of their area."""
    return scope_of(user).has_role(MEETING_KEEPERS)


def can_open_case(user: Actor) -> bool:
    """Record keepers open cases."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_work_on(user: Actor, case: Case) -> bool:
    """Record keepers deal with the cases of their area."""
    return Case.objects.managed_by(user).filter(pk=case.pk).exists()
