"""Who may open the pages of corrections that members propose."""

from tests.access_matrix.base import CANARY, Access, answers
from tests.access_matrix.members import ONESELF
from tests.factories.corrections import ProposedCorrectionFactory

KEEPERS = answers(
    {
        200: "secretary clerk_elsewhere staff staff_elsewhere",
        302: "nobody",
    },
    otherwise=403,
)
SEEN = answers({200: "secretary staff member", 302: "nobody"}, otherwise=404)
SEEN_ELSEWHERE = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)
DECIDED = answers({200: "secretary staff", 302: "nobody", 403: "member"}, otherwise=404)
WITHDRAWN = answers(
    {200: "member", 302: "nobody", 403: "secretary staff"}, otherwise=404
)
WITHDRAWN_ELSEWHERE = answers(
    {403: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)


def corrections(world):
    """What a member of each street proposes; one world has each once."""

    def make():
        return [
            ProposedCorrectionFactory(member=world.member),
            ProposedCorrectionFactory(
                member=world.other_member, reason=f"{CANARY}已搬家"
            ),
        ]

    own, other = world.once("corrections", make)
    return [own.pk], [other.pk]


def listed(world):
    """Fill the list with what a member of each street proposes."""
    corrections(world)
    return [], []


ACCESS = {
    "members:corrections": Access("get", KEEPERS, args=listed),
    "members:correction": Access("get", SEEN, SEEN_ELSEWHERE, args=corrections),
    "members:accept_correction": Access(
        "get", DECIDED, SEEN_ELSEWHERE, args=corrections
    ),
    "members:decline_correction": Access(
        "get", DECIDED, SEEN_ELSEWHERE, args=corrections
    ),
    "members:withdraw_correction": Access(
        "get", WITHDRAWN, WITHDRAWN_ELSEWHERE, args=corrections
    ),
    "members:own_corrections": Access("get", ONESELF, args=listed),
    "members:propose_own": Access("get", ONESELF),
}
