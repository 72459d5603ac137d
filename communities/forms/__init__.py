"""Forms of meetings, projects and bodies."""

from communities.forms.body import (
    BodyForm,
    BodyKindForm,
    ExtensionForm,
    NewBodyForm,
    NewBodyKindForm,
    NewTermForm,
    OpenSeatForm,
    SeatKindForm,
)
from communities.forms.cover import CoverForm, EndCoverForm
from communities.forms.decision import (
    CarriedOutForm,
    FindingForm,
    ResolutionForm,
    SittingForm,
)
from communities.forms.election import (
    ApprovalForm,
    CallForm,
    ChangeApprovalForm,
    CorrectCountForm,
    CountForm,
    NominationForm,
    OfficerForm,
    TraitsForm,
)
from communities.forms.facility import FacilityForm, GiveUpForm
from communities.forms.filing import FilingForm
from communities.forms.honour import HonourForm, MemberHonourForm
from communities.forms.meeting import ChangeForm, ChoiceForm, MeetingForm
from communities.forms.pay import (
    PayForm,
    StandardForm,
)
from communities.forms.places import PlaceForm
from communities.forms.project import NewProjectForm, ProjectForm
from communities.forms.recruitment import (
    ApplicantForm,
    ChangeRecruitmentForm,
    DecideForm,
    RecruitmentForm,
    TakeOnForm,
)
from communities.forms.reserve import (
    EndReserveForm,
    NewReserveForm,
    ReserveForm,
)
from communities.forms.roll import RollBook
from communities.forms.seat import HoldingForm, TakeSeatForm, VacateForm
from communities.forms.served import ServeForm
from communities.forms.visit import (
    CorrectVisitForm,
    NamedVisitForm,
    SettleForm,
    VisitForm,
)

__all__ = [
    "ApplicantForm",
    "ApprovalForm",
    "BodyForm",
    "BodyKindForm",
    "CallForm",
    "CarriedOutForm",
    "ChangeApprovalForm",
    "ChangeForm",
    "ChangeRecruitmentForm",
    "ChoiceForm",
    "CorrectCountForm",
    "CorrectVisitForm",
    "CountForm",
    "CoverForm",
    "DecideForm",
    "EndCoverForm",
    "EndReserveForm",
    "ExtensionForm",
    "FacilityForm",
    "FilingForm",
    "FindingForm",
    "GiveUpForm",
    "HoldingForm",
    "HonourForm",
    "MeetingForm",
    "MemberHonourForm",
    "NamedVisitForm",
    "NewBodyForm",
    "NewBodyKindForm",
    "NewProjectForm",
    "NewReserveForm",
    "NewTermForm",
    "NominationForm",
    "OfficerForm",
    "OpenSeatForm",
    "PayForm",
    "PlaceForm",
    "ProjectForm",
    "RecruitmentForm",
    "ReserveForm",
    "ResolutionForm",
    "RollBook",
    "SeatKindForm",
    "ServeForm",
    "SettleForm",
    "SittingForm",
    "StandardForm",
    "TakeOnForm",
    "TakeSeatForm",
    "TraitsForm",
    "VacateForm",
    "VisitForm",
]
