"""Forms of recruitments: the call, who applied, and what was decided."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import ApplicantResult
from communities.forms.seat import TakeSeatForm
from communities.models import SeatKind
from core.months import today
from core.web.forms import DayField, KeyedForm, VersionedForm, offer_rows
from organizations.queries import code_choices


def groups_of_origin() -> list[tuple[str, str]]:
    """Return the groups from which people come to seats, by their codes."""
    return code_choices("recruited_from")


class RecruitmentForm(KeyedForm):
    """How many seats of which kind are filled, until when, and what one must bring."""

    kind = forms.ModelChoiceField(label=_("Seat"), queryset=SeatKind.objects.none())
    seats = forms.IntegerField(
        label=_("Seats to fill"), min_value=1, max_value=99, initial=1
    )
    announced_on = DayField(label=_("Announced on"), past=True, initial=today)
    apply_until = DayField(label=_("Applications until (last day)"))
    conditions = forms.CharField(
        label=_("What one must bring"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Age, education, experience and whatever else is asked for."),
    )
    basis = forms.CharField(
        label=_("Document behind it"), max_length=120, required=False
    )

    def __init__(
        self, *args: Any, kinds: QuerySet[SeatKind] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if kinds is not None:
            offer_rows(self, "kind", kinds, preset=True)


class ChangeRecruitmentForm(RecruitmentForm, VersionedForm):
    """Corrects a recruitment; the seat that it is for stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class ApplicantForm(TakeSeatForm):
    """Who applied, found by name like somebody who takes a seat, and from where."""

    recruited_from = forms.ChoiceField(
        label=_("From which group"), choices=groups_of_origin
    )
    applied_on = DayField(
        label=pgettext_lazy("recruitment", "Applied on"), past=True, initial=today
    )
    remark = forms.CharField(label=_("What they bring"), max_length=200, required=False)
    field_order = ["name", "which", "recruited_from", "applied_on", "remark"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (
            *("starts_on", "channel", "basis", "unit"),
            *("is_full_time", "is_long_term", "is_actual_lead", "works_since"),
        ):
            self.fields.pop(name, None)
        self.fields["name"].required = True


class TakeOnForm(KeyedForm):
    """From when on an applicant holds a seat, and how."""

    starts_on = DayField(label=_("Holds it since"), past=True, initial=today)
    is_full_time = forms.BooleanField(label=_("Full time"), required=False)
    basis = forms.CharField(
        label=_("Document behind it"), max_length=120, required=False
    )


class DecideForm(KeyedForm):
    """That an applicant was not taken on, or withdrew, and when."""

    result = forms.ChoiceField(
        label=pgettext_lazy("recruitment", "Outcome"),
        choices=[
            (ApplicantResult.NOT_TAKEN.value, ApplicantResult.NOT_TAKEN.label),
            (ApplicantResult.WITHDREW.value, ApplicantResult.WITHDREW.label),
        ],
    )
    on = DayField(label=_("Decided on"), past=True, initial=today)

    def clean_result(self) -> ApplicantResult:
        """Return the result as the action takes it."""
        return ApplicantResult(self.cleaned_data["result"])
