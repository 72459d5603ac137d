"""Who may do what with returns."""

from core.actors import Actor, scope_of
from organizations.models import Organization
from organizations.roles import COMMUNITY_KEEPERS, READERS, RECORD_KEEPERS, Role
from reports.models import (
    Feedback,
    MonthlyReturn,
    ReturnRound,
    SuperiorForm,
    SuperiorRequest,
)
from reports.querysets import EXPORTERS, REVIEWERS

CHECKERS = frozenset({Role.STREET_STAFF, Role.CITY_OFFICER})


def can_see_returns(user: Actor) -> bool:
    """People who read records anywhere read the returns of that place."""
    return scope_of(user).has_role(READERS)


def can_file(user: Actor, monthly_return: MonthlyReturn) -> bool:
    """Secretary, deputy and clerk edit and submit the return of their community."""
    path = monthly_return.organization.path
    return scope_of(user).has_role_over(path, COMMUNITY_KEEPERS)


def can_review(user: Actor, monthly_return: MonthlyReturn) -> bool:
    """Street staff decide on the returns of their street."""
    return scope_of(user).has_role_over(monthly_return.organization.path, REVIEWERS)


def can_check_published(user: Actor, organization: Organization) -> bool:
    """Street and city check published bytes against their hash; offices use Excel."""
    return scope_of(user).has_role_over(organization.path, CHECKERS)


def can_collect(user: Actor, organization: Organization) -> bool:
    """Street staff open rounds and send reminders in their own street."""
    return scope_of(user).has_role_over(organization.path, REVIEWERS)


def can_remind(user: Actor, row: ReturnRound) -> bool:
    """Street staff remind the communities of their own street's rounds."""
    return can_collect(user, row.organization)


def can_export(user: Actor, organization: Organization) -> bool:
    """People who file, review or oversee returns download the month's workbook."""
    return scope_of(user).has_role_over(organization.path, EXPORTERS)


def can_keep_forms(user: Actor) -> bool:
    """Street staff upload the forms that superiors send."""
    return scope_of(user).has_role(REVIEWERS)


def can_map(user: Actor, form: SuperiorForm) -> bool:
    """Street staff say what belongs into the cells of their street's forms."""
    return scope_of(user).has_role_over(form.organization.path, REVIEWERS)


def can_fill_forms(user: Actor) -> bool:
    """People who file, review or oversee returns fill superiors' forms."""
    return scope_of(user).has_role(EXPORTERS)


def can_record_requests(user: Actor) -> bool:
    """Record keepers record what superiors ask of the places of their area."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_keep_request(user: Actor, row: SuperiorRequest) -> bool:
    """Record keepers work on the tasks of the places of their area."""
    return scope_of(user).has_role_over(row.organization.path, RECORD_KEEPERS)


def can_read_feedback(user: Actor) -> bool:
    """Street staff read what is said about the system in their area."""
    return scope_of(user).has_role(REVIEWERS)


def can_answer_feedback(user: Actor, row: Feedback) -> bool:
    """Street staff answer the feedback of their area."""
    return scope_of(user).has_role_over(row.organization.path, REVIEWERS)
