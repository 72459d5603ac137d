"""Forms of members, of their membership and of what happens to it."""

from members.forms.affiliations import (
    LEAVING,
    AffiliateForm,
    EndForm,
    MoveForm,
    reasons_to_return,
)
from members.forms.after_ends import KeepForm
from members.forms.appraisals import AppraisalForm, GradesForm
from members.forms.approval import STANDING_MISSING, NewMemberFields
from members.forms.certificates import (
    CertificateForm,
    IssueCertificateForm,
    ReplaceCertificateForm,
)
from members.forms.checkin_rounds import OpenRoundForm, RoundForm
from members.forms.checkins import (
    CHECKING_OUT,
    DayForm,
    HomeBranchForm,
    LeaveForm,
    MobileForm,
)
from members.forms.contacts import LogContactForm
from members.forms.corrections import AcceptCorrectionForm, ProposeCorrectionForm
from members.forms.development import (
    AdmitDevelopedForm,
    DevelopmentChangeForm,
    DevelopmentForm,
    ProbationForm,
    StepForm,
    StopForm,
)
from members.forms.finding import FindForm
from members.forms.lost_contacts import (
    AbroadForm,
    ContactForm,
    DecisionForm,
    LiftForm,
    ReportForm,
)
from members.forms.opinions import (
    AnswerOpinionForm,
    AskAboutPersonForm,
    AskForBodyForm,
    AskForUnitAboutPersonForm,
    AskOpinionForm,
    RecordLetterOfOpinionForm,
)
from members.forms.partial_dates import PartialDateField
from members.forms.pledges import PledgeForm, PledgeOutcomeForm, whole_year
from members.forms.pocket import PocketOutcomeForm
from members.forms.records import (
    PARTICULARS,
    QUESTION,
    AdmissionForm,
    ChangeForm,
    CodedFieldsForm,
    SkillsForm,
    UnmaskForm,
)
from members.forms.remarks import (
    RemarkForm,
    ReplyForm,
    TookPartForm,
    WillingnessForm,
)
from members.forms.reviews import InquiryAnswerForm, InquiryForm, ReviewForm
from members.forms.transfers import (
    ArrivalForm,
    HandOnForm,
    IssueForm,
    LetterForm,
    ProposalForm,
    ReceiptForm,
    ReceiveForm,
    ReissueForm,
    TransferredForm,
)
from members.forms.voiding import VoidForm

__all__ = [
    "CHECKING_OUT",
    "LEAVING",
    "PARTICULARS",
    "QUESTION",
    "STANDING_MISSING",
    "AbroadForm",
    "AcceptCorrectionForm",
    "AdmissionForm",
    "AdmitDevelopedForm",
    "AffiliateForm",
    "AnswerOpinionForm",
    "AppraisalForm",
    "ArrivalForm",
    "AskAboutPersonForm",
    "AskForBodyForm",
    "AskForUnitAboutPersonForm",
    "AskOpinionForm",
    "CertificateForm",
    "ChangeForm",
    "CodedFieldsForm",
    "ContactForm",
    "DayForm",
    "DecisionForm",
    "DevelopmentChangeForm",
    "DevelopmentForm",
    "EndForm",
    "FindForm",
    "GradesForm",
    "HandOnForm",
    "HomeBranchForm",
    "InquiryAnswerForm",
    "InquiryForm",
    "IssueCertificateForm",
    "IssueForm",
    "KeepForm",
    "LeaveForm",
    "LetterForm",
    "LiftForm",
    "LogContactForm",
    "MobileForm",
    "MoveForm",
    "NewMemberFields",
    "OpenRoundForm",
    "PartialDateField",
    "PledgeForm",
    "PledgeOutcomeForm",
    "PocketOutcomeForm",
    "ProbationForm",
    "ProposalForm",
    "ProposeCorrectionForm",
    "ReceiptForm",
    "ReceiveForm",
    "RecordLetterOfOpinionForm",
    "ReissueForm",
    "RemarkForm",
    "ReplaceCertificateForm",
    "ReplyForm",
    "ReportForm",
    "ReviewForm",
    "RoundForm",
    "SkillsForm",
    "StepForm",
    "StopForm",
    "TookPartForm",
    "TransferredForm",
    "UnmaskForm",
    "VoidForm",
    "WillingnessForm",
    "reasons_to_return",
    "whole_year",
]
