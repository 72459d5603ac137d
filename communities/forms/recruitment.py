"""Forms of recruitments: the call, who applied, and what was decided."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import ApplicantResult
from communities.forms.seat import TakeSeatForm
from communities.models import Body, Recruitment, SeatKind
from core.dates import format_day
from core.months import today
from core.text import StrOrPromise
from core.web.forms import AskedOnce, DayField, KeyedForm, VersionedForm, offer_rows
from organizations.queries import code_choices


def groups_of_origin() -> list[tuple[str, str]]:
    """Return the groups from which people come to seats, by their codes."""
    return code_choices("recruited_from")


class RecruitmentForm(AskedOnce):
    """How many seats of which kind are filled, until when, and what one must bring.

    More seats than are vacant are asked about: some may become vacant later.
    """

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
        self,
        *args: Any,
        body: Body | None = None,
        kinds: QuerySet[SeatKind] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        if kinds is not None:
            offer_rows(self, "kind", kinds, preset=True)

    def questions(self) -> Iterator[StrOrPromise]:
        """Ask whether more seats are to be filled than are vacant."""
        seats, vacant = self.cleaned_data["seats"], self.count_vacant()
        if seats > vacant:
            yield _(
                "%(seats)s seats are to be filled, and %(vacant)s of this kind are"
                " vacant. Is that right?"
            ) % {"seats": seats, "vacant": vacant}

    def count_vacant(self) -> int:
        """Return how many seats of the kind can be filled now."""
        return _vacant(self.body, self.cleaned_data["kind"]) if self.body else 0


class ChangeRecruitmentForm(RecruitmentForm, VersionedForm):
    """Corrects a recruitment; the seat that it is for stays."""

    over: Recruitment

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]

    def count_vacant(self) -> int:
        """Return how many seats can be filled, with those that the call has filled."""
        taken = self.over.applicants.filter(
            voided_at=None, holding__isnull=False, holding__voided_at=None
        )
        return _vacant(self.over.body, self.over.kind) + taken.count()


def _vacant(body: Body, kind: SeatKind) -> int:
    """Return how many seats of a kind a body has vacant today."""
    return body.seats.vacant(today()).filter(kind=kind, ends_on=None).count()


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


class TakeOnForm(AskedOnce):
    """From when on an applicant holds a seat, and how.

    A day before the applications end is asked about: others may still apply.
    """

    starts_on = DayField(label=_("Holds it since"), past=True, initial=today)
    is_full_time = forms.BooleanField(label=_("Full time"), required=False)
    basis = forms.CharField(
        label=_("Document behind it"), max_length=120, required=False
    )

    def __init__(self, *args: Any, apply_until: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.apply_until = apply_until

    def questions(self) -> Iterator[StrOrPromise]:
        """Ask whether somebody is meant to be taken on while others may apply."""
        if self.cleaned_data["starts_on"] <= self.apply_until:
            yield _(
                "Applications are accepted until %(day)s. Is somebody meant to hold the"
                " seat before?"
            ) % {"day": format_day(self.apply_until)}


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
