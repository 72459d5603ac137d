"""Many actions in random order: every figure still equals its rows."""

import datetime as dt
import random

import pytest

from core.errors import DomainError
from core.registries.invariants import invariants
from figures.definitions import indicators
from figures.sums import sum_figures
from members.actions import (
    change_member,
    check_in,
    end_membership,
    move_member,
    record_mobile,
)
from members.enums import EndReason, MobileKind
from members.models import Member
from organizations.actions import change_organization
from organizations.models import Organization
from organizations.month_tree import get_organization_at
from reports.actions import accept_return, open_round, submit_return
from reports.models import MonthlyReturn
from tests.factories.communities import MeetingFactory
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.reports import JULY, JUNE

APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)
KEYS = [indicator.key for indicator in indicators if not indicator.distinct]
STEPS = 60


class RandomActions:
    """Runs one action after another, all drawn from one seed."""

    def __init__(self, seed, street, branches, filer, reviewer):
        self.chance = random.Random(seed)
        self.street, self.branches = street, branches
        self.filer, self.reviewer = filer, reviewer

    def day(self):
        return APRIL + dt.timedelta(days=self.chance.randint(0, 92))

    def member(self):
        here = Member.objects.exclude(organization=None).order_by("pk")
        return self.chance.choice(list(here))

    def branch(self):
        return self.chance.choice(self.branches)

    def admit(self):
        sex = self.chance.choice("12")
        MemberFactory(organization=self.branch(), starts_on=self.day(), sex=sex)

    def move(self):
        move_member(self.member(), self.branch(), by=None, on=self.day())

    def lose(self):
        reason = self.chance.choice([EndReason.DIED, EndReason.STRUCK_OFF])
        end_membership(self.member(), reason=reason, by=None, on=self.day())

    def correct(self):
        change_member(self.member(), by=None, sex=self.chance.choice("12"))

    def go_away(self):
        kind = MobileKind.WORKING_AWAY
        record_mobile(self.member(), kind=kind, by=None, on=self.day())

    def come(self):
        community = Organization.objects.get(pk=self.branch().parent_id)
        member = MemberFactory(in_service=True)
        check_in(member, community, by=None, on=self.day())

    def meet(self):
        chair = self.member()
        MeetingFactory(organization=chair.organization, chair=chair, held_on=self.day())

    def publish(self):
        waiting = MonthlyReturn.objects.filter(month__lt=JULY).open()
        row = waiting.order_by("month", "pk").first()
        if row is not None:
            accept_return(submit_return(row, by=self.filer), by=self.reviewer)

    def regroup(self):
        branch = Organization.objects.get(pk=self.branch().pk)
        other = self.chance.choice([b.parent for b in self.branches])
        change_organization(branch, by=None, on=JULY, parent=other)

    def run(self):
        """Run the actions; yield their names, and the refusals of those refused."""
        often = [self.admit] * 4 + [self.move, self.lose, self.correct, self.meet] * 2
        rare = [self.go_away, self.come, self.publish, self.regroup]
        for _step in range(STEPS):
            action = self.chance.choice(often + rare)
            try:
                action()
            except DomainError as refusal:
                yield f"{action.__name__}: {refusal}"
            else:
                yield action.__name__


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_random_actions_every_figure_equals_its_rows(
    seed, street, branch, west_branch, secretary, staff
):
    for month in (APRIL, MAY, JUNE):
        open_round(street, month, by=None)
    MemberFactory.create_batch(4, organization=branch, starts_on=APRIL)
    random_actions = RandomActions(
        seed, street, [branch, west_branch], secretary, staff
    )

    names = list(random_actions.run())
    recount_all()

    own = [one for one in invariants if one.key.startswith("reports.")]
    assert [line for one in own for line in one.broken()] == [], names
    for month in (APRIL, MAY, JUNE, JULY):
        whole = sum_figures(get_organization_at(street.pk, month), month, KEYS)
        parts = [
            sum_figures(get_organization_at(community.pk, month), month, KEYS)
            for community in (branch.parent, west_branch.parent)
        ]
        assert whole == {key: parts[0][key] + parts[1][key] for key in KEYS}
