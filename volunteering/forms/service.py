"""Hours of one service, and the attendance of a shift."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.ends.day_questions import RecordDayForm
from members.models import Member
from volunteering.actions import Attended, describe_attendance
from volunteering.enums import ClaimState
from volunteering.errors import AttendanceChanged
from volunteering.models import Claim, Shift

LINE_FIELDS = ("hours", "missed", "seen")
LINE = re.compile(rf"(?:{'|'.join(LINE_FIELDS)})_([0-9]{{1,18}})")


def hours_field(**kwargs: Any) -> forms.DecimalField:
    """Return a field for the hours of one service."""
    return forms.DecimalField(
        max_digits=4,
        decimal_places=1,
        min_value=Decimal("0.5"),
        max_value=Decimal(24),
        **kwargs,
    )


class HoursForm(RecordDayForm):
    """The hours that somebody served, and a remark.

    It carries what was recorded of the claim when it was shown, as an attendance list
    does of each of its claims.
    """

    hours = hours_field(label=_("Hours served"))
    remark = forms.CharField(label=_("What was done"), max_length=200, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claim = claim
        record = getattr(claim, "record", None)
        self.initial["hours"] = record.hours if record else claim.shift.hours
        self.initial["remark"] = record.remark if record else ""
        self.initial["seen"] = describe_attendance(claim)

    def clean(self) -> dict[str, Any] | None:
        if self.data.get("seen") != describe_attendance(self.claim):
            show_recorded(self, ("hours", "remark", "seen"), [self.claim])
        return super().clean()

    def list_entered(self) -> list[tuple[Member, dt.date]]:
        """Return who served, and the day."""
        return [(self.claim.member, timezone.localdate(self.claim.shift.starts_at))]

    def attended(self) -> Attended:
        """Return the attendance that was entered."""
        values = self.cleaned_data
        return Attended(self.claim, values["hours"], values["remark"], values["seen"])


def show_recorded(
    form: forms.Form, names: Iterable[str], changed: Iterable[Claim]
) -> None:
    """Show what is recorded instead of what was sent, and refuse the form for it."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    for name in names:
        data.pop(name, None)
        if name in form.fields and form[name].initial not in {None, False}:
            data[name] = form[name].initial
    form.data = data
    people = "、".join(claim.member.name for claim in changed)
    raise forms.ValidationError(str(AttendanceChanged(names=people)))


class AttendanceForm(RecordDayForm):
    """Who came to a shift and for how long; hours left empty leave it open.

    Each claim carries what was recorded of it when the list was shown. Where that has
    changed, the list is refused and shows what is recorded now.
    """

    def __init__(
        self, *args: Any, shift: Shift, claims: Sequence[Claim], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shift, self.claims = shift, claims
        for claim in claims:
            record = getattr(claim, "record", None)
            self.fields[f"hours_{claim.pk}"] = hours_field(
                label=_("Hours of %(name)s") % {"name": claim.member.name},
                required=False,
                initial=record.hours if record else shift.hours,
            )
            self.fields[f"missed_{claim.pk}"] = forms.BooleanField(
                label=_("Did not come"),
                required=False,
                initial=claim.state == ClaimState.MISSED,
            )
            self.fields[f"seen_{claim.pk}"] = forms.CharField(
                required=False,
                initial=describe_attendance(claim),
                widget=forms.HiddenInput,
            )

    def lines(self) -> Iterator[tuple[Claim, *tuple[forms.BoundField, ...]]]:
        """Return each claim with its hours, its tick, and what was seen of it."""
        for claim in self.claims:
            yield claim, *(self[f"{name}_{claim.pk}"] for name in LINE_FIELDS)

    def list_entered(self) -> list[tuple[Member, dt.date]]:
        """Return everybody with hours, and the day of the shift."""
        day = timezone.localdate(self.shift.starts_at)
        came = (row.claim for row in self.attended() if row.hours is not None)
        return [(claim.member, day) for claim in came]

    def clean(self) -> dict[str, Any] | None:
        self.refuse_changed()
        cleaned = super().clean()
        if not self.errors and not self.attended():
            raise forms.ValidationError(
                _(
                    "No attendance was entered. Fill in the hours, or tick who was"
                    " absent."
                )
            )
        return cleaned

    def refuse_changed(self) -> None:
        """Refuse a list over changed claims, and show what is recorded of them now."""
        sent = {int(found[1]) for name in self.data if (found := LINE.fullmatch(name))}
        claims = self.shift.claims.filter(pk__in=sent).order_by("claimed_at", "pk")
        changed = [
            claim
            for claim in claims.select_related("member", "record")
            if self.data.get(f"seen_{claim.pk}") != describe_attendance(claim)
        ]
        if changed:
            names = (f"{kind}_{c.pk}" for c in changed for kind in LINE_FIELDS)
            show_recorded(self, names, changed)

    def attended(self) -> list[Attended]:
        """Return the attendance entered for each claim."""
        entered = []
        for claim in self.claims:
            missed = self.cleaned_data[f"missed_{claim.pk}"]
            hours = self.cleaned_data[f"hours_{claim.pk}"]
            if missed or hours is not None:
                seen = self.cleaned_data[f"seen_{claim.pk}"]
                entered.append(Attended(claim, None if missed else hours, seen=seen))
        return entered
