"""Rows of meetings, projects and bodies."""

from communities.models.ballot import Ballot, BallotVotes
from communities.models.body import Body, BodyKind, SeatKind
from communities.models.cover import UnitCover
from communities.models.decision import Resolution, Sitting, SittingAttendance
from communities.models.documents import BodyDocument
from communities.models.election import Candidate, Election, ElectionPost
from communities.models.facility import Facility
from communities.models.filing import SeatFiling
from communities.models.honour import Honour
from communities.models.meeting import Attendance, Meeting
from communities.models.pay import PayStandard, SeatPay
from communities.models.project import Project
from communities.models.recruitment import Applicant, Recruitment
from communities.models.reserve import Reserve
from communities.models.seat import NonMember, Seat, SeatHolding
from communities.models.served import ServedPlace
from communities.models.term import TermOfOffice
from communities.models.trait import CandidateTrait
from communities.models.visit import Visit

__all__ = [
    "Applicant",
    "Attendance",
    "Ballot",
    "BallotVotes",
    "Body",
    "BodyDocument",
    "BodyKind",
    "Candidate",
    "CandidateTrait",
    "Election",
    "ElectionPost",
    "Facility",
    "Honour",
    "Meeting",
    "NonMember",
    "PayStandard",
    "Project",
    "Recruitment",
    "Reserve",
    "Resolution",
    "Seat",
    "SeatFiling",
    "SeatHolding",
    "SeatKind",
    "SeatPay",
    "ServedPlace",
    "Sitting",
    "SittingAttendance",
    "TermOfOffice",
    "UnitCover",
    "Visit",
]
