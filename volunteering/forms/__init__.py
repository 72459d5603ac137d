"""Forms of people who offer posts and record hours."""

from volunteering.forms.confirming import ConfirmForm
from volunteering.forms.posts import OfferForm, PostAdminForm, PostFields
from volunteering.forms.service import AttendanceForm, HoursForm
from volunteering.forms.shifts import (
    ChangeShiftForm,
    ShiftAdminForm,
    ShiftFields,
    questions_about,
    shift_initial,
)

__all__ = [
    "AttendanceForm",
    "ChangeShiftForm",
    "ConfirmForm",
    "HoursForm",
    "OfferForm",
    "PostAdminForm",
    "PostFields",
    "ShiftAdminForm",
    "ShiftFields",
    "questions_about",
    "shift_initial",
]
