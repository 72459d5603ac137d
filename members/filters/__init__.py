"""Filters of the lists of members and of what happens to them."""

from members.filters.appraisals import AppraisalFilter
from members.filters.certificates import CertificateFilter
from members.filters.corrections import ProposedCorrectionFilter
from members.filters.development import DevelopmentFilter
from members.filters.duplicates import DuplicateFilter
from members.filters.members import MemberFilter, OnRecord, SlipFilter
from members.filters.opinions import OpinionFilter
from members.filters.pledges import PledgeFilter
from members.filters.remarks import RemarkFilter
from members.filters.reviews import InquiryFilter, MobileRecordFilter
from members.filters.transfers import TransferFilter
from members.filters.who_can_help import HelperFilter

__all__ = [
    "AppraisalFilter",
    "CertificateFilter",
    "DevelopmentFilter",
    "DuplicateFilter",
    "HelperFilter",
    "InquiryFilter",
    "MemberFilter",
    "MobileRecordFilter",
    "OnRecord",
    "OpinionFilter",
    "PledgeFilter",
    "ProposedCorrectionFilter",
    "RemarkFilter",
    "SlipFilter",
    "TransferFilter",
]
