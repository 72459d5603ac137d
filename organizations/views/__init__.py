"""Pages of the tree, of resident units and of facts of places."""

from organizations.views.changes import (
    DissolveInto,
    Found,
    Move,
    Rename,
    SplitOff,
)
from organizations.views.decisions import DecisionDetail, VoidDecision
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
    "DecisionDetail",
    "DissolveInto",
    "EndUnit",
    "EnterUnit",
    "FactsOfPlace",
    "FindingList",
    "Found",
    "Move",
    "OrganizationDetail",
    "OrganizationList",
    "OrganizationTree",
    "PlaceFactList",
    "RecordFact",
    "Rename",
    "SplitOff",
    "UnitDetail",
    "UnitList",
    "VoidDecision",
    "VoidFact",
]
