"""What is filled in about meetings."""

from communities.forms.meeting import ChangeForm, ChoiceForm, MeetingForm
from communities.forms.roll import RollBook

__all__ = ["ChangeForm", "ChoiceForm", "MeetingForm", "RollBook"]
