"""Who may open the pages of facts of places: record keepers write, readers look."""

from tests.access_matrix.base import CANARY, Access, answers
from tests.access_matrix.communities import LIST
from tests.factories.organizations import PlaceFactFactory

KEEP = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere", 302: "nobody"},
    otherwise=403,
)
PAGE = {
    "own": answers({200: "secretary staff officer", 302: "nobody"}, otherwise=404),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
    ),
}
VOID = {
    "own": answers(
        {200: "secretary staff", 302: "nobody", 403: "officer"}, otherwise=404
    ),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
        otherwise=404,
    ),
}


def facts(world):
    """The population of each street's community."""
    return world.once(
        "facts",
        lambda: (
            PlaceFactFactory(organization=world.community),
            PlaceFactFactory(
                organization=world.other_community, source=f"{CANARY}派出所"
            ),
        ),
    )


def listed(world):
    """Fill the list with what each street has; the addresses name nothing."""
    facts(world)
    return [], []


def place_args(world):
    """Addresses over a place."""
    return tuple([fact.organization_id] for fact in facts(world))


def fact_args(world):
    """Addresses over a fact."""
    return tuple([fact.pk] for fact in facts(world))


ACCESS = {
    "organizations:facts": Access("get", LIST, args=listed),
    "organizations:record_fact": Access("get", KEEP, args=listed),
    "organizations:facts_of_place": Access("get", **PAGE, args=place_args),
    "organizations:void_fact": Access("get", **VOID, args=fact_args),
}
