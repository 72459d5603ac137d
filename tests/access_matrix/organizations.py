"""Who may open the register of resident units: keepers, each for their own area."""

from tests.access_matrix.base import Access, answers

LIST = answers(
    {
        200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere officer",
        302: "nobody",
    },
    otherwise=403,
)
ENTER = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere", 302: "nobody"},
    otherwise=403,
)
OWN = answers(
    {200: "secretary staff", 302: "nobody", 403: "officer liaison"}, otherwise=404
)
FOREIGN = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
    otherwise=404,
)
SEEN = answers(
    {200: "secretary staff officer", 302: "nobody", 403: "liaison"}, otherwise=404
)
SEEN_ELSEWHERE = answers(
    {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
)


def units(world):
    """A unit of one's own street, and one of the other."""
    return [world.unit.pk], [world.other_unit.pk]


ACCESS = {
    "organizations:units": Access("get", LIST),
    "organizations:enter_unit": Access("get", ENTER),
    "organizations:unit": Access("get", SEEN, SEEN_ELSEWHERE, args=units),
    "organizations:change_unit": Access("get", OWN, FOREIGN, args=units),
    "organizations:end_unit": Access("get", OWN, FOREIGN, args=units),
}
