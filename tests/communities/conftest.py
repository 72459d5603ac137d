"""The day of these tests, and the people who meet."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from communities.enums import ElectionQuorum, Eligibility
from members.enums import Standing
from organizations.roles import Role
from tests.communities.elections import DAY
from tests.factories.accounts import holder
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    CandidateFactory,
    ElectionFactory,
    TermOfOfficeFactory,
)
from tests.factories.members import MemberFactory

NOW = dt.datetime(2026, 7, 15, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _in_july():
    """It is the morning of 15 July 2026."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def li(branch):
    """李明, full member of the branch."""
    return MemberFactory(name="李明", organization=branch)


@pytest.fixture
def han(branch):
    """韩雪, full member of the branch."""
    return MemberFactory(name="韩雪", organization=branch)


@pytest.fixture
def newcomer(branch):
    """何苗, on probation in the branch."""
    return MemberFactory(
        name="何苗", organization=branch, standing=Standing.PROBATIONARY
    )


@pytest.fixture
def keeper(branch):
    """吴刚 is secretary of the branch and of nothing else."""
    return holder(Role.BRANCH_SECRETARY, branch, name="吴刚")


@pytest.fixture
def committee(east, branch):
    """A committee of the Party in its first term, of a place with five voters."""
    kind = BodyKindFactory(
        open_to=Eligibility.MEMBERS,
        election_quorum=ElectionQuorum.FOUR_FIFTHS,
        is_approved_above=True,
    )
    body = BodyFactory(organization=east, kind=kind)
    TermOfOfficeFactory(body=body)
    for name in ("张伟", "王芳", "丁一", "李强", "何静"):
        MemberFactory(name=name, organization=branch)
    return body


@pytest.fixture
def election(committee, branch):
    """An election of one leader, with two people standing."""
    row = ElectionFactory(body=committee, held_on=DAY)
    for member in branch.members.order_by("pk")[:2]:
        CandidateFactory(election=row, member=member)
    return row


@pytest.fixture
def congress(committee, branch):
    """An election of three into a committee that elects its secretary itself."""
    kind = committee.kind
    kind.seat_kinds.filter(leads=True).update(by_committee=True)
    leader, plain = kind.seat_kinds.order_by("position")
    row = ElectionFactory(body=committee, held_on=DAY, seats={leader: 1, plain: 3})
    for member in branch.members.order_by("pk")[:4]:
        CandidateFactory(election=row, kind=plain, member=member)
    return row
