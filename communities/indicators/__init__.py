"""Figures about meetings, seats, reserves and elections, each defined once."""

from communities.indicators.bodies import HOLDINGS, MEETINGS, SEATS
from communities.indicators.facilities import FACILITIES
from communities.indicators.staffing import CAME_IN, ON_THE_LIST
from communities.indicators.visits import VISITS
from figures.definitions import indicators

__all__ = [
    "CAME_IN",
    "FACILITIES",
    "HOLDINGS",
    "MEETINGS",
    "ON_THE_LIST",
    "SEATS",
    "VISITS",
    "indicators",
]
