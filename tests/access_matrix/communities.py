"""Doors of meetings: each keeps those of his branch, community or street."""

from tests.access_matrix.base import CANARY, Door
from tests.factories.communities import HELD_ON, MeetingFactory

LIST = [302, 403, 403, 200, 200, 200, 200, 200, 403, 403, 200, 403, 403, 403]
KEEP = [302, 403, 403, 200, 200, 200, 200, 200, 403, 403, 403, 403, 403, 403]
LOOK = {
    "own": [302, 404, 404, 200, 404, 200, 200, 404, 404, 404, 200, 404, 404, 404],
    "foreign": [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 200, 404, 404, 404],
}
FORM = {
    "own": [302, 404, 404, 200, 404, 200, 200, 404, 404, 404, 403, 404, 404, 404],
    "foreign": [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 403, 404, 404, 404],
}
VERB = {
    "own": [302, 404, 404, 302, 404, 302, 302, 404, 404, 404, 403, 404, 404, 404],
    "foreign": [302, 404, 404, 404, 302, 404, 404, 302, 404, 404, 403, 404, 404, 404],
}
# Whoever sees the tree sees that the branch is there, and is told he keeps no minutes.
RECORD = {
    "own": [302, 404, 404, 200, 404, 200, 200, 404, 403, 403, 403, 403, 403, 403],
    "foreign": [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 403, 403, 403, 403],
}


def meetings(world):
    """A meeting of each street's branch."""
    return (
        MeetingFactory(organization=world.branch, chair=world.member),
        MeetingFactory(
            organization=world.other_branch,
            chair=world.other_member,
            topic=f"{CANARY}议题",
        ),
    )


def meeting_args(world):
    """Addresses over a meeting."""
    own, foreign = meetings(world)
    return [own.pk], [foreign.pk]


def branch_args(world):
    """Addresses over a branch, a kind and a day."""
    day = [HELD_ON.year, HELD_ON.month, HELD_ON.day]
    return (
        [world.branch.pk, "party_lesson", *day],
        [world.other_branch.pk, "party_lesson", *day],
    )


def listed(world):
    """Fill the list with what each street has; the addresses name nothing."""
    meetings(world)
    return [], []


DOORS = {
    "communities:list": Door("get", LIST, args=listed),
    "communities:owed": Door("get", KEEP, args=listed),
    "communities:record": Door("get", KEEP, args=listed),
    "communities:record_for": Door("get", **RECORD, args=branch_args),
    "communities:detail": Door("get", **LOOK, args=meeting_args),
    "communities:change": Door("get", **FORM, args=meeting_args),
    "communities:withdraw": Door(
        "post", **VERB, args=meeting_args, data=lambda _world: {"reason": "录入重复"}
    ),
}
