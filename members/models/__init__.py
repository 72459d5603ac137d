"""Rows about members."""

from members.models.affiliation import Affiliation
from members.models.after_end import RecordAfterEnd
from members.models.appraisal import Appraisal, AppraisalRound
from members.models.certificate import ActivityCertificate
from members.models.checkin import CheckIn, MobileRecord
from members.models.checkin_round import CheckInRound
from members.models.contact import MemberContact
from members.models.correction import ProposedCorrection
from members.models.development import Development
from members.models.development_step import DevelopmentStep
from members.models.duplicate import DuplicatePair, MemberMerge
from members.models.ending import Ending
from members.models.inquiry import UnitInquiry
from members.models.lost_contact import LostContact
from members.models.member import Member
from members.models.monthly_review import MonthlyReview
from members.models.opinion import OpinionRequest
from members.models.pledge import Pledge
from members.models.pocket import PocketMember
from members.models.probation import ProbationDecision
from members.models.remark import GuardedRemark
from members.models.transfer import Transfer

__all__ = [
    "ActivityCertificate",
    "Affiliation",
    "Appraisal",
    "AppraisalRound",
    "CheckIn",
    "CheckInRound",
    "Development",
    "DevelopmentStep",
    "DuplicatePair",
    "Ending",
    "GuardedRemark",
    "LostContact",
    "Member",
    "MemberContact",
    "MemberMerge",
    "MobileRecord",
    "MonthlyReview",
    "OpinionRequest",
    "Pledge",
    "PocketMember",
    "ProbationDecision",
    "ProposedCorrection",
    "RecordAfterEnd",
    "Transfer",
    "UnitInquiry",
]
