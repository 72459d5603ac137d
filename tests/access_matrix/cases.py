"""Who may open the pages of cases: keepers deal with them, readers look."""

from tests.access_matrix.base import CANARY, Access, answers
from tests.factories.cases import CaseFactory

LIST = answers(
    {
        200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere",
        302: "nobody",
    },
    otherwise=403,
)
OPEN = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere", 302: "nobody"},
    otherwise=403,
)
LOOK = answers({200: "secretary staff", 302: "nobody"}, otherwise=404)
LOOK_ELSEWHERE = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)
TAKE = answers({302: "nobody secretary staff"}, otherwise=404)
TAKE_ELSEWHERE = answers({302: "nobody clerk_elsewhere staff_elsewhere"}, otherwise=404)


def cases(world):
    """A case of each street's community."""
    return (
        CaseFactory(organization=world.community),
        CaseFactory(organization=world.other_community, title=f"{CANARY}事项"),
    )


def case_args(world):
    """Addresses over a case."""
    own, foreign = cases(world)
    return [own.pk], [foreign.pk]


ACCESS = {
    "cases:list": Access("get", LIST, args=lambda world: cases(world) and ([], [])),
    "cases:open": Access("get", OPEN),
    "cases:detail": Access("get", LOOK, LOOK_ELSEWHERE, args=case_args),
    "cases:print": Access("get", LOOK, LOOK_ELSEWHERE, args=case_args),
    "cases:take": Access("post", TAKE, TAKE_ELSEWHERE, args=case_args),
    "cases:hand_over": Access("get", LOOK, LOOK_ELSEWHERE, args=case_args),
    "cases:step": Access("get", LOOK, LOOK_ELSEWHERE, args=case_args),
    "cases:answer": Access("get", LOOK, LOOK_ELSEWHERE, args=case_args),
    "cases:void": Access("get", LOOK, LOOK_ELSEWHERE, args=case_args),
}
