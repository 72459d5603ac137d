"""Reads of the rows about members."""

from members.querysets.affiliations import (
    AffiliationQuerySet,
    EndingQuerySet,
    RecordAfterEndQuerySet,
)
from members.querysets.appraisals import AppraisalQuerySet, AppraisalRoundQuerySet
from members.querysets.certificates import ActivityCertificateQuerySet
from members.querysets.checkin_rounds import CheckInRoundQuerySet
from members.querysets.checkins import CheckInQuerySet, MobileRecordQuerySet
from members.querysets.contacts import MemberContactQuerySet
from members.querysets.corrections import ProposedCorrectionQuerySet
from members.querysets.development import (
    DevelopmentQuerySet,
    DevelopmentStepQuerySet,
    ProbationDecisionQuerySet,
    in_stage,
)
from members.querysets.duplicates import DuplicatePairQuerySet, MemberMergeQuerySet
from members.querysets.lost_contacts import LostContactQuerySet
from members.querysets.members import MemberQuerySet
from members.querysets.opinions import OpinionRequestQuerySet
from members.querysets.pledges import PledgeQuerySet
from members.querysets.pocket import PocketMemberQuerySet
from members.querysets.remarks import GuardedRemarkQuerySet
from members.querysets.reviews import MonthlyReviewQuerySet, UnitInquiryQuerySet
from members.querysets.transfers import TransferQuerySet

__all__ = [
    "ActivityCertificateQuerySet",
    "AffiliationQuerySet",
    "AppraisalQuerySet",
    "AppraisalRoundQuerySet",
    "CheckInQuerySet",
    "CheckInRoundQuerySet",
    "DevelopmentQuerySet",
    "DevelopmentStepQuerySet",
    "DuplicatePairQuerySet",
    "EndingQuerySet",
    "GuardedRemarkQuerySet",
    "LostContactQuerySet",
    "MemberContactQuerySet",
    "MemberMergeQuerySet",
    "MemberQuerySet",
    "MobileRecordQuerySet",
    "MonthlyReviewQuerySet",
    "OpinionRequestQuerySet",
    "PledgeQuerySet",
    "PocketMemberQuerySet",
    "ProbationDecisionQuerySet",
    "ProposedCorrectionQuerySet",
    "RecordAfterEndQuerySet",
    "TransferQuerySet",
    "UnitInquiryQuerySet",
    "in_stage",
]
