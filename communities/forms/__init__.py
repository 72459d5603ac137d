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
from communities.forms.election import (
    ApprovalForm,
    CallForm,
    ChangeApprovalForm,
    CorrectCountForm,
    CountForm,
    NominationForm,
    OfficerForm,
)
from communities.forms.meeting import ChangeForm, ChoiceForm, MeetingForm
from communities.forms.project import NewProjectForm, ProjectForm
from communities.forms.roll import RollBook
from communities.forms.seat import HoldingForm, TakeSeatForm, VacateForm

__all__ = [
    "ApprovalForm",
    "BodyForm",
    "BodyKindForm",
    "CallForm",
    "ChangeApprovalForm",
    "ChangeForm",
    "ChoiceForm",
    "CorrectCountForm",
    "CountForm",
    "ExtensionForm",
    "HoldingForm",
    "MeetingForm",
    "NewBodyForm",
    "NewBodyKindForm",
    "NewProjectForm",
    "NewTermForm",
    "NominationForm",
    "OfficerForm",
    "OpenSeatForm",
    "ProjectForm",
    "RollBook",
    "SeatKindForm",
    "TakeSeatForm",
    "VacateForm",
]
