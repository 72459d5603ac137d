"""Who may do what in co-building."""

from cobuilding.enums import SIGNING, AgreementState
from cobuilding.models import Agreement, Project
from core.duties import RECORD_KEEPERS, DutyCode, scope_of

LOOKING = RECORD_KEEPERS | {DutyCode.CITY_OFFICER}


def can_look(user: object) -> bool:
    """Record keepers and city officers look at co-building in their area."""
    return scope_of(user).holds(LOOKING)


def can_keep(user: object) -> bool:
    """Record keepers start projects and draft agreements."""
    return scope_of(user).holds(RECORD_KEEPERS)


def speaks_for_a_unit(user: object) -> bool:
    """Liaisons have their unit's page."""
    return bool(scope_of(user).units())


def can_change_project(user: object, project: Project) -> bool:
    """Record keepers correct and end projects of their area."""
    return Project.objects.managed_by(user).filter(pk=project.pk).exists()


def can_change_agreement(user: object, agreement: Agreement) -> bool:
    """Record keepers correct drafts of their area, and end agreements."""
    return Agreement.objects.managed_by(user).filter(pk=agreement.pk).exists()


def can_sign_for_unit(user: object, agreement: Agreement) -> bool:
    """The unit's own liaison signs for it."""
    return agreement.unit_id in scope_of(user).units()


def can_sign_for_community(user: object, agreement: Agreement) -> bool:
    """Secretary and deputy of the community sign for it; nobody above does."""
    return scope_of(user).reaches(agreement.organization.path, SIGNING)


def may_still_sign(agreement: Agreement) -> bool:
    """Whether a signature is still wanted."""
    return agreement.state not in {AgreementState.IN_FORCE, AgreementState.ENDED}
