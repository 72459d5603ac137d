"""Pages about members, and members' own pages."""

from members.views.after_ends import KeepAfterEnd, RecordsAfterEnds
from members.views.appraisal_sheet import AppraisalSheet
from members.views.appraisals import (
    AppraisalList,
    AppraisalPage,
    CloseAppraisal,
    EnterGrades,
    OpenAppraisal,
    OwedAppraisals,
    ReopenAppraisal,
    VoidAppraisal,
)
from members.views.asking import AskAboutPerson, AskForUnit, AskOpinion
from members.views.belonging import AffiliateMember, MoveMember
from members.views.certificates import (
    CertificateList,
    CertificatePage,
    IssueCertificate,
    PrintCertificate,
    ReplaceCertificate,
    ReturnCertificate,
    VoidCertificate,
)
from members.views.changes import (
    AdmitMember,
    ChangeMember,
    EndCheckIn,
    EndMembership,
    EndMobile,
    RecordMobile,
)
from members.views.checkin_rounds import RoundList, RoundPage, RoundPeople
from members.views.checkin_slip import CheckInSlip
from members.views.contacts import LogContact, SilentMemberList
from members.views.corrections import (
    AcceptCorrection,
    CorrectionList,
    CorrectionPage,
    DeclineCorrection,
)
from members.views.development import (
    DevelopmentList,
    DevelopmentPage,
    DevelopmentSheet,
    StartDevelopment,
)
from members.views.development_steps import (
    AdmitDeveloped,
    ChangeDevelopment,
    RecordStep,
    StopDevelopment,
    TakeBackStep,
)
from members.views.duplicates import (
    CompareAgain,
    DuplicateList,
    KeepApart,
    MergeRecords,
    PairPage,
    ScanRegister,
    UndoMerge,
)
from members.views.finding import FindByNumber
from members.views.groups import CompletenessList, GroupList, PaperList
from members.views.home_branch import NoteHomeBranch
from members.views.inquiries import (
    AnswerInquiry,
    InquiryList,
    PrintInquiry,
    SendInquiry,
    VoidInquiry,
)
from members.views.keeping_rounds import ChangeRound, OpenRound, VoidRound
from members.views.letters import IssueLetter, ReissueLetter
from members.views.lost import (
    RecordContact,
    RemoveLostMember,
    ReportAbroad,
    ReportLost,
    SuspendMembership,
    VoidLostContact,
)
from members.views.opinions import (
    AnswerOpinion,
    OpinionList,
    OpinionPage,
    PrintQuestion,
    PrintReply,
    WithdrawOpinion,
)
from members.views.own import CheckInPage, Leave, Me
from members.views.own_corrections import (
    OwnCorrections,
    ProposeCorrection,
    WithdrawCorrection,
)
from members.views.own_looks import OwnLooks
from members.views.own_pledges import ChangePledge, MakePledge, OwnPledges
from members.views.pledges import (
    AcceptPledge,
    EnterPledge,
    PledgeList,
    PledgePage,
    PledgeSheet,
    ReturnPledge,
    SettlePledge,
    VoidPledge,
)
from members.views.pocket import (
    PocketList,
    SettlePocketMember,
    TakePocketMember,
)
from members.views.probation import DecideProbation, ProbationList
from members.views.register import MemberDetail, MemberList, Unmask
from members.views.remark_lists import RemarkedMembers, UnitRemarks
from members.views.remarks import (
    AnswerRemark,
    MemberRemarks,
    RecordRemark,
    RecordUnitRemark,
    RecordWillingness,
    SettleRemark,
    VoidRemark,
)
from members.views.reviews import MobileList, ReviewList, ReviewMembers
from members.views.rounds_by_street import RoundsByStreet
from members.views.skills import Skills
from members.views.slips import PrintSlip, SlipList
from members.views.transfer_papers import PrintLetter, PrintReceipt
from members.views.transfer_proposals import ProposeTransfer, RecordLetter
from members.views.transfer_steps import (
    AdmitTransferred,
    ConfirmArrival,
    HandOnTransfer,
    LetTransferRest,
    ReceiveTransfer,
    RecordReceipt,
    RefuseTransfer,
    VoidTransfer,
)
from members.views.transfers import TransferList, TransferPage
from members.views.unit_people import UnitPeople
from members.views.voiding import VoidEntry
from members.views.who_can_help import HelperList

__all__ = [
    "AcceptCorrection",
    "AcceptPledge",
    "AdmitDeveloped",
    "AdmitMember",
    "AdmitTransferred",
    "AffiliateMember",
    "AnswerInquiry",
    "AnswerOpinion",
    "AnswerRemark",
    "AppraisalList",
    "AppraisalPage",
    "AppraisalSheet",
    "AskAboutPerson",
    "AskForUnit",
    "AskOpinion",
    "CertificateList",
    "CertificatePage",
    "ChangeDevelopment",
    "ChangeMember",
    "ChangePledge",
    "ChangeRound",
    "CheckInPage",
    "CheckInSlip",
    "CloseAppraisal",
    "CompareAgain",
    "CompletenessList",
    "ConfirmArrival",
    "CorrectionList",
    "CorrectionPage",
    "DecideProbation",
    "DeclineCorrection",
    "DevelopmentList",
    "DevelopmentPage",
    "DevelopmentSheet",
    "DuplicateList",
    "EndCheckIn",
    "EndMembership",
    "EndMobile",
    "EnterGrades",
    "EnterPledge",
    "FindByNumber",
    "GroupList",
    "HandOnTransfer",
    "HelperList",
    "InquiryList",
    "IssueCertificate",
    "IssueLetter",
    "KeepAfterEnd",
    "KeepApart",
    "Leave",
    "LetTransferRest",
    "LogContact",
    "MakePledge",
    "Me",
    "MemberDetail",
    "MemberList",
    "MemberRemarks",
    "MergeRecords",
    "MobileList",
    "MoveMember",
    "NoteHomeBranch",
    "OpenAppraisal",
    "OpenRound",
    "OpinionList",
    "OpinionPage",
    "OwedAppraisals",
    "OwnCorrections",
    "OwnLooks",
    "OwnPledges",
    "PairPage",
    "PaperList",
    "PledgeList",
    "PledgePage",
    "PledgeSheet",
    "PocketList",
    "PrintCertificate",
    "PrintInquiry",
    "PrintLetter",
    "PrintQuestion",
    "PrintReceipt",
    "PrintReply",
    "PrintSlip",
    "ProbationList",
    "ProposeCorrection",
    "ProposeTransfer",
    "ReceiveTransfer",
    "RecordContact",
    "RecordLetter",
    "RecordMobile",
    "RecordReceipt",
    "RecordRemark",
    "RecordStep",
    "RecordUnitRemark",
    "RecordWillingness",
    "RecordsAfterEnds",
    "RefuseTransfer",
    "ReissueLetter",
    "RemarkedMembers",
    "RemoveLostMember",
    "ReopenAppraisal",
    "ReplaceCertificate",
    "ReportAbroad",
    "ReportLost",
    "ReturnCertificate",
    "ReturnPledge",
    "ReviewList",
    "ReviewMembers",
    "RoundList",
    "RoundPage",
    "RoundPeople",
    "RoundsByStreet",
    "ScanRegister",
    "SendInquiry",
    "SettlePledge",
    "SettlePocketMember",
    "SettleRemark",
    "SilentMemberList",
    "Skills",
    "SlipList",
    "StartDevelopment",
    "StopDevelopment",
    "SuspendMembership",
    "TakeBackStep",
    "TakePocketMember",
    "TransferList",
    "TransferPage",
    "UndoMerge",
    "UnitPeople",
    "UnitRemarks",
    "Unmask",
    "VoidAppraisal",
    "VoidCertificate",
    "VoidEntry",
    "VoidInquiry",
    "VoidLostContact",
    "VoidPledge",
    "VoidRemark",
    "VoidRound",
    "VoidTransfer",
    "WithdrawCorrection",
    "WithdrawOpinion",
]
