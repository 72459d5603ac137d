"""Form fields about the entry of a new member: approval, and an earlier joining."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.months import month_of, shift_month
from core.partial_dates import PartialDate
from core.text import StrOrPromise
from core.web.forms import AskedOnce, DayField
from core.web.required_marks import RequiredWhen
from members.duplicates.likeness import DuplicateQuestions
from members.enums import Category, Standing, StartReason
from members.models import Member
from members.unusual_dates import joined_lately
from organizations.enums import ThresholdKey
from organizations.models import Threshold

NOT_BEFORE_START = _(
    "The approval is earlier than the day from which the member belongs here. Please"
    " check both days."
)
APPROVAL_MISSING = _(
    "For a newly admitted member, enter the day on which the superior approved the"
    " admission: the member counts from that month on."
)
ASK_ABOUT_JOINING = _(
    "The day of joining the Party is not within the %(months)s months before the"
    " approval, or is not entered. If this is right, tick below and save again."
)
STILL_PROBATIONARY = _(
    "Newly admitted members are probationary at first. Choose probationary member, or"
    " enter since when this person is a full member."
)
STANDING_MISSING = _("Choose whether this is a full or a probationary member.")


class ApprovalFields(AskedOnce):
    """The approval of a newly admitted member, and a question about the joining day.

    Joining long before the approval is unusual and often a typing error, but never
    refused: it is asked once. A subclass has the field `reason`; `first_day` names its
    field with the first day.
    """

    first_day = "starts_on"
    required_when: ClassVar[Mapping[str, RequiredWhen]] = {
        "approved_on": RequiredWhen("reason", [StartReason.DEVELOPED])
    }

    approved_on = DayField(
        label=_("Admission approved on"),
        past=True,
        required=False,
        help_text=_("Newly admitted members count from this month on."),
    )

    def joining_day(self) -> dt.date | None:
        """Return the day of joining the Party, as exactly as it is known."""
        date = self.cleaned_data.get("join_date")
        day: dt.date | None = date.value if isinstance(date, PartialDate) else date
        return day

    def is_admission(self) -> bool:
        """Whether the member is newly admitted to the Party."""
        reason = self.cleaned_data.get("reason")
        return bool(reason == StartReason.DEVELOPED)

    def clean(self) -> dict[str, Any] | None:
        if self.is_admission():
            self._check_approval()
        else:
            self.cleaned_data["approved_on"] = None
        return super().clean()

    def _check_approval(self) -> None:
        values = self.cleaned_data
        approved_on, starts_on = values.get("approved_on"), values.get(self.first_day)
        if approved_on is None:
            if "approved_on" not in self.errors:
                self.add_error("approved_on", ValidationError(APPROVAL_MISSING))
        elif starts_on is not None and approved_on < starts_on:
            self.add_error("approved_on", ValidationError(NOT_BEFORE_START))

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        approved_on = self.cleaned_data.get("approved_on")
        if not self.is_admission() or approved_on is None:
            return
        joined = self.joining_day()
        most = Threshold.objects.on(ThresholdKey.APPROVAL_MONTHS_AT_MOST, approved_on)
        earliest = shift_month(month_of(approved_on), -most)
        if joined is None or not earliest <= joined <= approved_on:
            yield ASK_ABOUT_JOINING % {"months": most}


class NewMemberFields(DuplicateQuestions, ApprovalFields):
    """The same for a new record, with the kind and category of member.

    Neither is chosen beforehand: nobody is recorded as a full member unasked. Newly
    admitted members are probationary at first.
    """

    required_when: ClassVar[Mapping[str, RequiredWhen]] = {
        **ApprovalFields.required_when,
        "standing": RequiredWhen(
            "reason", [StartReason.DEVELOPED], unless=True, blank="join_date"
        ),
    }

    standing = forms.ChoiceField(
        label=_("Kind of member"),
        choices=[("", "—"), *Standing.choices],
        required=False,
    )
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", "—"), *Category.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("standing", "category"):
            self.initial.pop(name, None)

    def clean(self) -> dict[str, Any] | None:
        if "standing" not in self.errors:
            self._complete_standing()
        return super().clean()

    def _complete_standing(self) -> None:
        """Set newly admitted members to probationary; ask for everybody else's kind."""
        values = self.cleaned_data
        is_new = self.is_admission() and joined_lately(self.joining_day())
        if is_new and not values.get("full_member_date"):
            if values.get("standing") == Standing.FULL:
                self.add_error("standing", ValidationError(STILL_PROBATIONARY))
            values["standing"] = Standing.PROBATIONARY
        elif not values.get("standing"):
            self.add_error("standing", ValidationError(STANDING_MISSING))


class ApprovalOfMember(ApprovalFields):
    """The same for a member whose day of joining is on record."""

    first_day = "on"

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def joining_day(self) -> dt.date | None:
        return self.member.join_date
