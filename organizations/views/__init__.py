"""Pages of the tree, of resident units and of facts of places."""

from organizations.views.facts import FactsOfPlace, PlaceFactList, RecordFact, VoidFact
from organizations.views.organization import OrganizationDetail
from organizations.views.tree import FindingList, OrganizationList, OrganizationTree
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
    "FindingList",
    "OrganizationDetail",
    "OrganizationList",
    "OrganizationTree",
    "PlaceFactList",
    "RecordFact",
    "UnitDetail",
    "UnitList",
    "VoidFact",
]
