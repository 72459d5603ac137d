"""Who may open the pages of what members promise."""

import datetime as dt

from core.months import today
from members.actions import return_pledge
from members.models import Pledge
from tests.access_matrix.base import CANARY, Access, answers
from tests.access_matrix.members import FOREIGN, MEETING_KEEPERS, ONESELF
from tests.factories.pledges import PledgeFactory

LAST_YEAR = today() - dt.timedelta(days=400)
OWN_TOO = answers(
    {200: "secretary branch_secretary staff member", 302: "nobody"}, otherwise=404
)
REVIEWERS = answers(
    {200: "secretary branch_secretary staff", 302: "nobody", 403: "member"},
    otherwise=404,
)
OWN_ONLY = answers(
    {200: "member", 302: "nobody", 403: "secretary branch_secretary staff"},
    otherwise=404,
)
CHANGED_ELSEWHERE = answers(
    {403: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)


def pledges(world, text="整理楼道", **values):
    """What a member of each street promises; one world has each once."""

    def make():
        return [
            PledgeFactory(member=world.member, text=text, **values),
            PledgeFactory(member=world.other_member, text=f"{CANARY}{text}", **values),
        ]

    own, other = world.once(f"pledges {text}", make)
    return [own.pk], [other.pk]


def accepted(world):
    """The same, accepted."""
    return pledges(world, "每月值班", accepted=True)


def listed(world):
    """Fill the list with what a member of each street promises."""
    pledges(world)
    return [], []


def returned(world):
    """What the member of one's own street is asked to make more concrete."""
    keys = pledges(world)
    return_pledge(Pledge.objects.get(pk=keys[0][0]), reason="写明次数", by=None)
    return keys


def over(world):
    """What a member of each street promised for a period that is over."""
    for member in (world.member, world.other_member):
        PledgeFactory(
            member=member,
            starts_on=LAST_YEAR,
            ends_on=LAST_YEAR + dt.timedelta(days=365),
            accepted=True,
        )


ACCESS = {
    "members:pledges": Access("get", MEETING_KEEPERS, args=listed),
    "members:pledge": Access("get", OWN_TOO, FOREIGN, args=pledges),
    "members:pledge_sheet": Access("get", OWN_TOO, FOREIGN, args=pledges),
    "members:change_pledge": Access("get", OWN_ONLY, CHANGED_ELSEWHERE, args=pledges),
    "members:accept_pledge": Access("get", REVIEWERS, FOREIGN, args=pledges),
    "members:return_pledge": Access("get", REVIEWERS, FOREIGN, args=pledges),
    "members:settle_pledge": Access("get", REVIEWERS, FOREIGN, args=accepted),
    "members:void_pledge": Access("get", REVIEWERS, FOREIGN, args=pledges),
    "members:enter_pledge": Access(
        "get",
        REVIEWERS,
        FOREIGN,
        args=lambda world: ([world.member.pk], [world.other_member.pk]),
    ),
    "members:own_pledges": Access("get", ONESELF, args=listed),
    "members:make_pledge": Access("get", ONESELF),
}
