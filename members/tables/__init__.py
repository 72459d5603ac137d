"""Columns of the lists of members and of what happens to them."""

from members.tables.after_ends import RecordAfterEndTable
from members.tables.appraisals import AppraisalRoundTable, OwedAppraisalTable
from members.tables.certificates import CertificateTable
from members.tables.checkin_rounds import (
    FunnelTable,
    RoundPeopleTable,
    RoundTable,
    StreetFunnelTable,
)
from members.tables.corrections import ProposedCorrectionTable
from members.tables.development import DevelopmentTable, ProbationTable
from members.tables.duplicates import DuplicateTable
from members.tables.groups import CompletenessTable, GroupTable, PaperTable
from members.tables.looks import OwnLookTable
from members.tables.members import MemberTable
from members.tables.opinions import OpinionTable
from members.tables.pledges import PledgeTable
from members.tables.pocket import UnmanagedTable
from members.tables.reviews import InquiryTable, MobileRecordTable, ReviewTable
from members.tables.silence import SilentMemberTable
from members.tables.transfers import TransferTable
from members.tables.who_can_help import HelperTable

__all__ = [
    "AppraisalRoundTable",
    "CertificateTable",
    "CompletenessTable",
    "DevelopmentTable",
    "DuplicateTable",
    "FunnelTable",
    "GroupTable",
    "HelperTable",
    "InquiryTable",
    "MemberTable",
    "MobileRecordTable",
    "OpinionTable",
    "OwedAppraisalTable",
    "OwnLookTable",
    "PaperTable",
    "PledgeTable",
    "ProbationTable",
    "ProposedCorrectionTable",
    "RecordAfterEndTable",
    "ReviewTable",
    "RoundPeopleTable",
    "RoundTable",
    "SilentMemberTable",
    "StreetFunnelTable",
    "TransferTable",
    "UnmanagedTable",
]
