"""Who may look at the tree: readers of records; administrators see what it is."""

from tests.access_matrix.base import Access, answers
from tests.factories.organizations import BranchFactory, OrganizationChangeFactory

READ = "secretary clerk_elsewhere branch_secretary staff staff_elsewhere officer"
ADMINISTER = "system_admin security_admin auditor"
LIST = answers({200: f"{READ} {ADMINISTER}", 302: "nobody"}, otherwise=403)
PAGE = answers(
    {200: f"secretary staff officer {ADMINISTER}", 302: "nobody"}, otherwise=404
)
FOREIGN = answers(
    {
        200: f"clerk_elsewhere staff_elsewhere officer {ADMINISTER}",
        302: "nobody",
    },
    otherwise=404,
)


def places(world):
    """The community of one's own street, and of the other."""
    return [world.community.pk], [world.other_community.pk]


def branches(world):
    """The branch of one's own street, and of the other."""
    return [world.branch.pk], [world.other_branch.pk]


def decisions(world):
    """A decision about a branch of one's own street, and of the other."""
    return world.once(
        "decisions",
        lambda: tuple(
            [OrganizationChangeFactory(organization=BranchFactory(parent=parent)).pk]
            for parent in (world.community, world.other_community)
        ),
    )


LOOK = {
    "own": answers({200: "secretary staff officer", 302: "nobody"}, otherwise=404),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
    ),
}
VOID = {
    "own": answers(
        {200: "staff", 302: "nobody", 403: "secretary officer"}, otherwise=404
    ),
    "foreign": answers(
        {200: "staff_elsewhere", 302: "nobody", 403: "clerk_elsewhere officer"},
        otherwise=404,
    ),
}
SEES = "secretary officer"
DECIDE = answers(
    {200: "staff", 302: "nobody", 403: f"{SEES} branch_secretary {ADMINISTER}"},
    otherwise=404,
)
DECIDE_ELSEWHERE = answers(
    {
        200: "staff_elsewhere",
        302: "nobody",
        403: f"clerk_elsewhere officer {ADMINISTER}",
    },
    otherwise=404,
)
DECISIONS = ("found", "rename", "move", "dissolve", "split")

ACCESS = {
    **{
        f"organizations:{name}": Access("get", DECIDE, DECIDE_ELSEWHERE, args=branches)
        for name in DECISIONS
    },
    "organizations:decision": Access("get", **LOOK, args=decisions),
    "organizations:void_decision": Access("get", **VOID, args=decisions),
    "organizations:tree": Access("get", LIST),
    "organizations:list": Access("get", LIST),
    "organizations:findings": Access("get", LIST),
    "organizations:organization": Access("get", PAGE, FOREIGN, args=places),
}
