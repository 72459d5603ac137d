"""Lists of meetings, projects, bodies and of who serves in them."""

from communities.tables.activity import ActivityTable
from communities.tables.bodies import (
    BodyKindTable,
    BodyTable,
    ElectionTable,
    HolderTable,
    MeetingTable,
    OwedTable,
    ProjectTable,
)
from communities.tables.chains import ChainTable
from communities.tables.covers import CoverTable
from communities.tables.decisions import ResolutionTable
from communities.tables.facilities import FacilityTable, MissingTable
from communities.tables.honours import HonourTable
from communities.tables.staffing import (
    LeaverTable,
    PayTable,
    RecruitmentTable,
    ReserveTable,
    ServedTable,
    StandardTable,
)
from communities.tables.visit_months import VisitMonthsTable
from communities.tables.visits import VisitTable

__all__ = [
    "ActivityTable",
    "BodyKindTable",
    "BodyTable",
    "ChainTable",
    "CoverTable",
    "ElectionTable",
    "FacilityTable",
    "HolderTable",
    "HonourTable",
    "LeaverTable",
    "MeetingTable",
    "MissingTable",
    "OwedTable",
    "PayTable",
    "ProjectTable",
    "RecruitmentTable",
    "ReserveTable",
    "ResolutionTable",
    "ServedTable",
    "StandardTable",
    "VisitMonthsTable",
    "VisitTable",
]
