"""Who may open the pages of rounds of checking in."""

from members.models import CheckIn
from tests.access_matrix.base import CANARY, Access, answers
from tests.access_matrix.members import checked_in
from tests.factories.checkin_rounds import CheckInRoundFactory

FIGURES = answers(
    {
        200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere officer",
        302: "nobody",
    },
    otherwise=403,
)
READ = answers(
    {200: "secretary branch_secretary staff officer", 302: "nobody"}, otherwise=404
)
READ_ELSEWHERE = answers(
    {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
)
NAMES = answers(
    {200: "secretary branch_secretary staff", 302: "nobody", 403: "officer"},
    otherwise=404,
)
NAMES_ELSEWHERE = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
    otherwise=404,
)
SLIPS_ELSEWHERE = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)
STREET = answers(
    {200: "staff", 302: "nobody", 403: "secretary branch_secretary officer"},
    otherwise=404,
)
STREET_ELSEWHERE = answers(
    {200: "staff_elsewhere", 302: "nobody", 403: "clerk_elsewhere officer"},
    otherwise=404,
)
STREETS = answers({200: "staff staff_elsewhere", 302: "nobody"}, otherwise=403)


def rounds(world):
    """The round of each street; one world has each once."""

    def make():
        return [
            CheckInRoundFactory(organization=world.street),
            CheckInRoundFactory(organization=world.other_street, title=f"{CANARY}报到"),
        ]

    own, other = world.once("rounds", make)
    return [own.pk], [other.pk]


def listed(world):
    """Fill the list with the round of each street."""
    rounds(world)
    return [], []


def slips(world):
    """The check-in of a member of each street."""
    world.once("checked in", lambda: checked_in(world))
    keys = [
        CheckIn.objects.get(member=member, ends_on=None).pk
        for member in (world.member, world.other_member)
    ]
    return [keys[0]], [keys[1]]


ACCESS = {
    "members:check_in_rounds": Access("get", FIGURES, args=listed),
    "members:rounds_by_street": Access("get", FIGURES, args=listed),
    "members:open_round": Access("get", STREETS),
    "members:check_in_round": Access("get", READ, READ_ELSEWHERE, args=rounds),
    "members:round_people": Access("get", NAMES, NAMES_ELSEWHERE, args=rounds),
    "members:change_round": Access("get", STREET, STREET_ELSEWHERE, args=rounds),
    "members:void_round": Access("get", STREET, STREET_ELSEWHERE, args=rounds),
    "members:check_in_slip": Access(
        "get",
        answers({200: "secretary staff member", 302: "nobody"}, otherwise=404),
        SLIPS_ELSEWHERE,
        args=slips,
    ),
}
