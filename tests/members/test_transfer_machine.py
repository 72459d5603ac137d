"""Transfers in any order beside a plain list of who is where since which day."""

import copy
import datetime as dt

import pytest
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from core.errors import DomainError
from members.actions import (
    confirm_arrival,
    end_membership,
    expire_letters,
    issue_letter,
    move_member,
    propose_transfer,
    receive_transfer,
    record_receipt,
    refuse_transfer,
    reissue_letter,
    void_affiliation,
    void_transfer,
)
from members.enums import RECEIVABLE, EndReason, TransferKind, TransferState
from members.models import Affiliation, Member, Transfer
from organizations.models import Organization
from tests.factories.members import MemberFactory
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    OrganizationFactory,
    StreetFactory,
)
from tests.machines import Machine, run

BEGAN = dt.date(2026, 3, 1)
WHICH = st.integers(min_value=0, max_value=999)
BACK = st.integers(min_value=0, max_value=4)
DIES = (EndReason.DIED, EndReason.EXPELLED)
OTHER_ANSWERS = (confirm_arrival, refuse_transfer, void_transfer, reissue_letter)


def noon_of(day):
    """Noon of a day in the city."""
    return dt.datetime.combine(day, dt.time(4), dt.UTC)


class Transfers(Machine):
    """Two streets, their members, and the letters between them and outside."""

    app = "members"

    def __init__(self, two_streets):
        super().__init__()
        self.clock = None
        self.streets, self.branches, self.known = copy.deepcopy(two_streets)

    @initialize()
    def write_letters(self):
        self.set_day(BEGAN + dt.timedelta(days=1))
        for number in range(3):
            self.begin(number, outside=number == 2, is_issued=True)

    def set_day(self, day):
        """Let it be noon of a day."""
        if self.clock is not None:
            self.clock.stop()
        self.clock = time_machine.travel(noon_of(day), tick=False)
        self.clock.start()
        self.day = day

    def pick(self, rows, which):
        """One of some rows, or none."""
        found = list(rows)
        return found[which % len(found)] if found else None

    def member(self, which):
        rows = Member.objects.filter(pk__in=self.known)
        return self.pick(rows.select_related("organization__parent__parent"), which)

    def letter(self, which, *states):
        """A transfer of one of our members in one of the states."""
        ours = Transfer.objects.filter(member__in=self.known, state__in=states)
        return self.pick(ours.order_by("pk"), which)

    def attempt(self, action, *args, **kwargs):
        """Run an action that may be refused; return whether it was done."""
        try:
            action(*args, by=None, **kwargs)
        except DomainError:
            return False
        return True

    def settle(self, member, day, organization):
        """Note in the plain list where a member is from a day on."""
        self.known[member.pk][1].append(
            (day, organization.pk if organization else None)
        )

    @rule(which=WHICH)
    def admit(self, which):
        branch = self.pick(self.branches, which)
        member = MemberFactory(organization=branch, starts_on=self.day)
        self.known[member.pk] = (member, [(self.day, branch.pk)])

    @rule(days=st.integers(min_value=1, max_value=7))
    def let_days_pass(self, days):
        self.set_day(self.day + dt.timedelta(days=days))
        expire_letters()

    @rule(which=WHICH, outside=st.booleans(), is_issued=st.booleans())
    def begin(self, which, outside, is_issued):
        member = self.member(which)
        destination = {"to": self.streets[which % 2]}
        if member.organization is not None and not outside:
            own = member.organization.parent.parent
            destination = {"to": next(one for one in self.streets if one != own)}
        if outside:
            destination = {"to_text": "省外某党委"}
        self.attempt(propose_transfer, member, cause="family", **destination)
        letter = self.letter(which, TransferState.PROPOSED)
        if is_issued and letter is not None:
            self.attempt(issue_letter, letter)

    @rule(which=WHICH, branch=WHICH, back=BACK)
    def receive(self, which, branch, back):
        letter = self.letter(which, *RECEIVABLE)
        if letter is None:
            return
        day = self.day - dt.timedelta(days=back)
        if letter.kind == TransferKind.OUT:
            home, is_done = None, self.attempt(record_receipt, letter, on=day)
        else:
            there = Organization.objects.within(letter.addressee)
            home = self.pick(there.holding_members().order_by("pk"), branch)
            is_done = self.attempt(receive_transfer, letter, branch=home, on=day)
        if is_done:
            assert letter.issued_on <= day <= letter.valid_until
            self.settle(letter.member, day, home)

    @rule(which=WHICH, branch=WHICH, action=st.sampled_from(OTHER_ANSWERS))
    def answer(self, which, branch, action):
        letter = self.letter(which, *TransferState)
        if letter is None:
            return
        if action is confirm_arrival:
            self.attempt(action, letter, self.pick(self.branches, branch))
        else:
            self.attempt(action, letter, reason="另有情况")

    @rule(which=WHICH, branch=WHICH, ends=st.sampled_from([None, None, *DIES]))
    def move_or_end(self, which, branch, ends):
        member, home = self.member(which), self.pick(self.branches, branch)
        if ends is None and self.attempt(move_member, member, home, on=self.day):
            self.settle(member, self.day, home)
        elif ends and self.attempt(end_membership, member, reason=ends, on=self.day):
            self.settle(member, self.day, None)

    @rule(which=WHICH)
    def void_the_arrival(self, which):
        letter = self.letter(which, TransferState.RECEIVED)
        if letter is None or letter.accepted is None:
            return
        if self.attempt(void_affiliation, letter.accepted, reason="误收"):
            self.known[letter.member_id][1].pop()

    @precondition(lambda self: self.known)
    @invariant()
    def everybody_is_in_one_place_at_the_end_of_every_day(self):
        rows = Affiliation.objects.filter(member__in=self.known)
        spans = list(rows.values_list("member", "organization", "starts_on", "ends_on"))
        for days_ago in range((self.day - BEGAN).days + 1):
            day = self.day - dt.timedelta(days=days_ago)
            found = [
                (member, organization)
                for member, organization, start, end in spans
                if start <= day and (end is None or end > day)
            ]
            expected = [
                (key, organization)
                for key, (_member, homes) in self.known.items()
                for organization in [self.home_on(homes, day)]
                if organization is not None
            ]
            assert sorted(found) == sorted(expected), day

    def home_on(self, homes, day):
        """Where the plain list has somebody at the end of a day."""
        before = [organization for since, organization in homes if since <= day]
        return before[-1] if before else None

    def teardown(self):
        try:
            super().teardown()
        finally:
            if self.clock is not None:
                self.clock.stop()


@pytest.fixture
def two_streets(db):
    """Two streets of a city with two branches each, and a member in every branch.

    The third value says of each member where they are since which day.
    """
    with time_machine.travel(noon_of(BEGAN), tick=False):
        city = OrganizationFactory()
        streets = [StreetFactory(parent=city) for _ in range(2)]
        communities = [CommunityFactory(parent=street) for street in streets]
        branches = [BranchFactory(parent=one) for one in communities * 2]
        members = [MemberFactory(organization=one, starts_on=BEGAN) for one in branches]
    known = {m.pk: (m, [(BEGAN, m.organization_id)]) for m in members}
    return streets, branches, known


@pytest.mark.slow
def test_everybody_is_in_one_place_through_transfers_in_any_order(two_streets):
    run(lambda: Transfers(two_streets), examples=25, steps=30)


@pytest.mark.drill
def test_everybody_is_in_one_place_through_ten_thousand_actions(two_streets):
    run(lambda: Transfers(two_streets), examples=200, steps=50)
