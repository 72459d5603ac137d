"""Who may open the pages of meetings: keepers, each for their own organization."""

from tests.access_matrix.base import CANARY, Access, answers
from tests.factories.communities import HELD_ON, MeetingFactory

LIST = answers(
    {
        200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere officer",
        302: "nobody",
    },
    otherwise=403,
)
KEEP = answers(
    {
        200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere",
        302: "nobody",
    },
    otherwise=403,
)
LOOK = {
    "own": answers(
        {200: "secretary branch_secretary staff officer", 302: "nobody"}, otherwise=404
    ),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
    ),
}
FORM = {
    "own": answers(
        {200: "secretary branch_secretary staff", 302: "nobody", 403: "officer"},
        otherwise=404,
    ),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
        otherwise=404,
    ),
}
VERB = {
    "own": answers(
        {302: "nobody secretary branch_secretary staff", 403: "officer"}, otherwise=404
    ),
    "foreign": answers(
        {302: "nobody clerk_elsewhere staff_elsewhere", 403: "officer"}, otherwise=404
    ),
}
# People who see the tree see the branch; the form is refused if they keep no minutes.
RECORD = {
    "own": answers(
        {
            200: "secretary branch_secretary staff",
            302: "nobody",
            404: "member liaison clerk_elsewhere staff_elsewhere",
        },
        otherwise=403,
    ),
    "foreign": answers(
        {
            200: "clerk_elsewhere staff_elsewhere",
            302: "nobody",
            403: "officer system_admin security_admin auditor",
        },
        otherwise=404,
    ),
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


ACCESS = {
    "communities:list": Access("get", LIST, args=listed),
    "communities:activity": Access("get", LIST, args=listed),
    "communities:owed": Access("get", KEEP, args=listed),
    "communities:record": Access("get", KEEP, args=listed),
    "communities:record_for": Access("get", **RECORD, args=branch_args),
    "communities:detail": Access("get", **LOOK, args=meeting_args),
    "communities:sign_in_sheet": Access("get", **RECORD, args=branch_args),
    "communities:print": Access("get", **FORM, args=meeting_args),
    "communities:change": Access("get", **FORM, args=meeting_args),
    "communities:decide_at_meeting": Access("get", **FORM, args=meeting_args),
    "communities:void": Access(
        "post", **VERB, args=meeting_args, data=lambda _world: {"reason": "录入重复"}
    ),
}
