"""Who may look at facilities, and who may change them."""

from tests.access_matrix.base import CANARY, Access, answers
from tests.access_matrix.bodies import KEEP
from tests.access_matrix.communities import LIST
from tests.access_matrix.staffing import HONOUR_PLACE, UNIT_FORM, visited_places
from tests.factories.facilities import FacilityFactory

# Readers look at facilities; who keeps the place changes them.
FACILITY = {
    "own": answers({200: "secretary staff officer", 302: "nobody"}, otherwise=404),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
    ),
}


def facilities(world):
    """A room of each street's community."""
    return world.once("facilities", lambda: new_facilities(world))


def new_facilities(world):
    places = (world.community, world.other_community)
    names = ("党员活动室", f"{CANARY}活动室")
    return [
        FacilityFactory(organization=place, name=name)
        for place, name in zip(places, names, strict=True)
    ]


def facilities_listed(world):
    """Fill the list with the rooms of each street."""
    facilities(world)
    return [], []


def facility_args(world):
    """Addresses over a room."""
    return tuple([row.pk] for row in facilities(world))


ACCESS = {
    "communities:facilities": Access("get", LIST, args=facilities_listed),
    "communities:enter_facility": Access("get", KEEP),
    "communities:missing_facilities": Access("get", LIST),
    "communities:facility": Access("get", **FACILITY, args=facility_args),
    "communities:change_facility": Access("get", **UNIT_FORM, args=facility_args),
    "communities:give_up_facility": Access("get", **UNIT_FORM, args=facility_args),
    "communities:void_facility": Access("get", **UNIT_FORM, args=facility_args),
    "communities:record_facility": Access("get", **HONOUR_PLACE, args=visited_places),
}
