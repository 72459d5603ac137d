"""One row of the access matrix, and the people and organizations it is tried with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import (
    MemberFactory,
    account_of,
    unmistakable_number,
)
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    OrganizationFactory,
    StreetFactory,
    UnitFactory,
)

PEOPLE = (
    "nobody",
    "member",
    "liaison",
    "secretary",
    "clerk_elsewhere",
    "branch_secretary",
    "staff",
    "staff_elsewhere",
    "accountant",
    "cashier",
    "officer",
    "system_admin",
    "security_admin",
    "auditor",
)
OFTEN = ("secretary", "staff", "member", "liaison", "accountant", "officer")
CANARY = "金丝雀"
"""Part of every name of the other street; it must appear on no page of this one."""


def answers(people_by_status: dict[int, str], *, otherwise: int) -> dict[str, int]:
    """Return the status each of `PEOPLE` must get.

    People are named, separated by blanks, under the status they get; all others get
    `otherwise`.
    """
    named = [
        (person, status)
        for status, people in people_by_status.items()
        for person in people.split()
    ]
    assert len(dict(named)) == len(named), "a person is named twice"
    assert {person for person, _status in named} <= {*PEOPLE}, "an unknown person"
    return dict.fromkeys(PEOPLE, otherwise) | dict(named)


@dataclass(frozen=True, slots=True)
class Access:
    """One address, and the status that each of `PEOPLE` must get there.

    `args` returns the address's arguments for an own and for a foreign object, `data`
    what a POST sends. `foreign` is the same address with the other street's row.
    `names_all` marks a page that offers every community of the city to everybody.
    """

    method: str
    own: dict[str, int]
    foreign: dict[str, int] | None = None
    args: Callable[["World"], tuple[list[Any], list[Any]]] = lambda _world: ([], [])
    data: Callable[["World"], dict[str, Any]] = lambda _world: {}
    names_all: bool = False

    @property
    def openers(self) -> list[str]:
        """The people who may open the page of the own row, frequent users first."""
        order = dict.fromkeys([*OFTEN, *PEOPLE])
        return [name for name in order if self.own[name] == 200]


@dataclass
class World:
    """Two streets with a community, a branch, a unit and a member each, and the people.

    `things` holds what the apps' tables add: objects by name, own and foreign.
    """

    city: Any
    street: Any
    community: Any
    branch: Any
    unit: Any
    member: Any
    other_street: Any
    other_community: Any
    other_branch: Any
    other_unit: Any
    other_member: Any
    people: dict[str, Any]
    things: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What a table builds under a name, built when it is first asked for."""
        if name not in self.things:
            self.things[name] = make()
        return self.things[name]


def build_world() -> World:
    """Build both streets through the actions that users run."""
    city = OrganizationFactory(name="临江市", code="w-city")
    street = StreetFactory(name="云栖街道", code="w-street", parent=city)
    community = CommunityFactory(name="丹桂社区", code="w-community", parent=street)
    branch = BranchFactory(name="丹桂第一支部", code="w-branch", parent=community)
    unit = UnitFactory(name="第一中学", host=community)
    member = MemberFactory(
        name="李明", organization=branch, id_number=unmistakable_number()
    )
    other = StreetFactory(name=f"{CANARY}街道", code="x-street", parent=city)
    other_community = CommunityFactory(
        name=f"{CANARY}社区", code="x-community", parent=other
    )
    other_branch = BranchFactory(
        name=f"{CANARY}支部", code="x-branch", parent=other_community
    )
    other_unit = UnitFactory(name=f"{CANARY}中学", host=other_community)
    other_member = MemberFactory(name=f"{CANARY}党员", organization=other_branch)
    people = {
        "nobody": None,
        "member": account_of(member),
        "liaison": holder(Role.LIAISON, unit=unit),
        "secretary": holder(Role.SECRETARY, community),
        "clerk_elsewhere": holder(Role.CLERK, other_community),
        "branch_secretary": holder(Role.BRANCH_SECRETARY, branch),
        "staff": holder(Role.STREET_STAFF, street),
        "staff_elsewhere": holder(Role.STREET_STAFF, other),
        "accountant": holder(Role.ACCOUNTANT, community),
        "cashier": holder(Role.CASHIER, community),
        "officer": holder(Role.CITY_OFFICER, city),
        "system_admin": holder(Role.SYSTEM_ADMIN),
        "security_admin": holder(Role.SECURITY_ADMIN),
        "auditor": holder(Role.AUDITOR),
    }
    return World(
        city,
        street,
        community,
        branch,
        unit,
        member,
        other,
        other_community,
        other_branch,
        other_unit,
        other_member,
        people,
    )
