"""Forms of meetings and projects."""

from communities.forms.meeting import ChangeForm, ChoiceForm, MeetingForm
from communities.forms.project import NewProjectForm, ProjectForm
from communities.forms.roll import RollBook

__all__ = [
    "ChangeForm",
    "ChoiceForm",
    "MeetingForm",
    "NewProjectForm",
    "ProjectForm",
    "RollBook",
]
