"""Whatever the street decides, the tree stays sound and nobody is lost."""

import random

import pytest

from core.errors import DomainError
from core.months import today
from core.registries.invariants import invariants
from members.models import Affiliation, Member
from organizations.actions import (
    Basis,
    found_with_approval,
    merge_organization,
    move_organization,
    rename_organization,
    split_organization,
    void_decision,
)
from organizations.enums import OrganizationKind
from organizations.models import Organization, OrganizationChange
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory

pytestmark = pytest.mark.django_db


def today_with_basis():
    """A decision of today with its document, recorded by nobody."""
    basis = Basis("关于调整党支部设置的批复", "8号", "街道党工委", today())
    return {"basis": basis, "on": today(), "by": None}


class Street:
    """A street whose organizations are changed at random."""

    def __init__(self, street, chance):
        self.street, self.chance, self.number = street, chance, 0

    def one(self, *kinds):
        rows = Organization.objects.within(self.street).open().filter(kind__in=kinds)
        return self.chance.choice(list(rows.order_by("pk")))

    def names(self):
        self.number += 1
        name = f"第{self.number}号支部"
        return {"name": name, "full_name": f"中共{name}委员会"}

    def found(self):
        found_with_approval(
            self.one(OrganizationKind.COMMUNITY),
            kind=OrganizationKind.BRANCH,
            **self.names(),
            **today_with_basis(),
        )

    def rename(self):
        rename_organization(
            self.one(OrganizationKind.BRANCH), **self.names(), **today_with_basis()
        )

    def move(self):
        move_organization(
            self.one(OrganizationKind.BRANCH),
            parent=self.one(OrganizationKind.COMMUNITY),
            **today_with_basis(),
        )

    def merge(self):
        kind = self.chance.choice(
            [OrganizationKind.BRANCH] * 3 + [OrganizationKind.COMMUNITY]
        )
        merge_organization(self.one(kind), target=self.one(kind), **today_with_basis())

    def split(self):
        branch = self.one(OrganizationKind.BRANCH)
        rows = list(Affiliation.objects.filter(organization=branch, ends_on=None))
        split_organization(
            branch,
            chosen=rows[: len(rows) // 2],
            kind=OrganizationKind.BRANCH,
            **self.names(),
            **today_with_basis(),
        )

    def void(self):
        if latest := [*OrganizationChange.objects.order_by("-pk")[:4]]:
            void_decision(self.chance.choice(latest), by=None, reason="误录")


STEPS = ("found", "rename", "move", "merge", "split", "void")


def outside_their_life():
    """Affiliations that go on at an organization that has ended."""
    return Affiliation.objects.filter(ends_on=None, organization__ended_on__lte=today())


def faults():
    """What the invariants of the tree and of members say."""
    return [
        f"{one.key}: {fault}"
        for one in invariants
        if one.key.startswith(("organizations.", "members.", "communities."))
        for fault in one.broken()
    ]


@pytest.mark.parametrize(
    ("seed", "steps"),
    [
        (1, 14),
        (2, 14),
        *(pytest.param(seed, 150, marks=pytest.mark.drill) for seed in range(10, 20)),
    ],
)
def test_random_decisions_keep_the_tree_sound_and_every_member_placed(
    street, seed, steps
):
    for community in CommunityFactory.create_batch(3, parent=street):
        for branch in BranchFactory.create_batch(2, parent=community):
            MemberFactory.create_batch(3, organization=branch)
    play = Street(street, random.Random(seed))
    members, done = Member.objects.count(), 0

    for _step in range(steps):
        try:
            getattr(play, play.chance.choice(STEPS))()
            done += 1
        except DomainError:
            continue

    assert done > steps // 3
    assert faults() == []
    assert not outside_their_life().exists()
    placed = Member.objects.filter(organization__ended_on=None)
    assert placed.exclude(organization=None).count() == members
    assert Affiliation.objects.filter(ends_on=None).count() == members
