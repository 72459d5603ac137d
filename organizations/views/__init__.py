"""Pages of resident units and of facts of places."""

from organizations.views.facts import FactsOfPlace, PlaceFactList, RecordFact, VoidFact
from organizations.views.units import (
    ChangeUnit,
    EndUnit,
    EnterUnit,
    UnitDetail,
    UnitList,
)

__all__ = [
    "ChangeUnit",
    "EndUnit",
    "EnterUnit",
    "FactsOfPlace",
    "PlaceFactList",
    "RecordFact",
    "UnitDetail",
    "UnitList",
    "VoidFact",
]
