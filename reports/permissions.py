"""Who may do what with figures and returns."""

from accounts.models import User
from core.actors import scope_of
from organizations.models import Organization
from organizations.roles import COMMUNITY_KEEPERS, READERS, Role
from reports.models import MonthlyReturn, ReturnRound
from reports.querysets import REVIEWERS

EXPORTERS = COMMUNITY_KEEPERS | {Role.STREET_STAFF, Role.CITY_OFFICER}


def can_see_returns(user: User) -> bool:
    """Whoever reads records anywhere reads the returns of that place."""
    return scope_of(user).holds(READERS)


def can_file(user: User, monthly_return: MonthlyReturn) -> bool:
    """Secretary, deputy and clerk file the return of their community."""
    path = monthly_return.organization.path
    return scope_of(user).reaches(path, COMMUNITY_KEEPERS)


def can_review(user: User, monthly_return: MonthlyReturn) -> bool:
    """Street staff decide on the returns of their street."""
    return scope_of(user).reaches(monthly_return.organization.path, REVIEWERS)


def can_collect(user: User, organization: Organization) -> bool:
    """Street staff open rounds and remind in their own street."""
    return scope_of(user).reaches(organization.path, REVIEWERS)


def can_remind(user: User, row: ReturnRound) -> bool:
    """Street staff remind the communities of a round of theirs."""
    return can_collect(user, row.organization)


def can_export(user: User, organization: Organization) -> bool:
    """Whoever files, reviews or oversees returns takes the month's sheet along."""
    return scope_of(user).reaches(organization.path, EXPORTERS)
