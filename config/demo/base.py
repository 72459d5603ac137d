"""The start of every made-up installation: tree, members, accounts."""

import datetime as dt
from collections.abc import Iterable, Sequence

from accounts.actions import assign_role, create_account, set_password
from accounts.models import User
from config.demo.names import People
from core.months import month_of, shift_month
from members.actions import Admission, admit_members
from members.enums import Category, StartReason
from members.models import Member
from organizations.enums import OrganizationKind
from organizations.models import Organization, Unit
from organizations.roles import Role

PASSWORD = "jiedao-demo-2026"  # noqa: S105 -- printed beside the accounts
FIRST_MONTHS_AGO = 5
SKILLS = ("law", "health", "teaching", "repair", "culture", "counselling", "computers")


def first_month(today: dt.date) -> dt.date:
    """Return the month in which the made-up installation began its records."""
    return shift_month(month_of(today), -FIRST_MONTHS_AGO)


def enter_members(
    branches: Sequence[Organization], sizes: Iterable[int], people: People
) -> list[Member]:
    """Enter the members of every branch, as an installation takes over its rolls."""
    began = first_month(people.today) - dt.timedelta(days=1)
    admissions = [
        Admission(values, branch, began, StartReason.RECORDED)
        for branch, size in zip(branches, sizes, strict=True)
        for values in people.many(size, joined_by=began)
    ]
    return admit_members(admissions, by=None)


def enter_in_service_members(
    communities: Sequence[Organization], count: int, people: People
) -> list[Member]:
    """Enter in-service members, who count nowhere here (R-28), checked in evenly."""
    began = first_month(people.today)
    known = list(people.many(count, joined_by=began, category=Category.IN_SERVICE))
    admissions = [
        Admission(
            {**values, "skills": people.random.sample(SKILLS, 2)},
            starts_on=began + dt.timedelta(days=position % 90),
            community=communities[position % len(communities)],
        )
        for position, values in enumerate(known)
    ]
    return admit_members(admissions, by=None)


def demo_account(
    username: str,
    name: str,
    role: Role,
    *,
    organization: Organization | None = None,
    unit: Unit | None = None,
) -> User:
    """Make an account that opens with the demo's password."""
    user = create_account(username, by=None, display_name=name, is_demo=True)
    assign_role(user, role, by=None, organization=organization, unit=unit)
    return set_password(user, password=PASSWORD)


def branches_of(tree: Iterable[Organization]) -> list[Organization]:
    """Return the branches of a planted tree."""
    return [node for node in tree if node.kind == OrganizationKind.BRANCH]


def communities_of(tree: Iterable[Organization]) -> list[Organization]:
    """Return the communities of a planted tree."""
    return [node for node in tree if node.kind == OrganizationKind.COMMUNITY]
