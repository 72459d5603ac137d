"""Hours of one service, and the attendance of a shift."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KeyedForm
from volunteering.actions import Attended
from volunteering.enums import ClaimState
from volunteering.models import Claim


def hours_field(**kwargs: Any) -> forms.DecimalField:
    """Return a field for the hours of one service."""
    return forms.DecimalField(
        max_digits=4,
        decimal_places=1,
        min_value=Decimal("0.5"),
        max_value=Decimal(24),
        **kwargs,
    )


class HoursForm(KeyedForm):
    """The hours that somebody served, and a remark."""

    hours = hours_field(label=_("Hours served"))
    remark = forms.CharField(label=_("What was done"), max_length=200, required=False)


class AttendanceForm(KeyedForm):
    """Who came to a shift and for how long; hours left empty leave it open."""

    def __init__(
        self, *args: Any, claims: Sequence[Claim], length: Decimal, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.claims = claims
        for claim in claims:
            record = getattr(claim, "record", None)
            self.fields[f"hours_{claim.pk}"] = hours_field(
                label=_("Hours of %(name)s") % {"name": claim.member.name},
                required=False,
                initial=record.hours if record else length,
            )
            self.fields[f"missed_{claim.pk}"] = forms.BooleanField(
                label=_("Did not come"),
                required=False,
                initial=claim.state == ClaimState.MISSED,
            )

    def lines(self) -> Iterator[tuple[Claim, forms.BoundField, forms.BoundField]]:
        """Return each claim with its two fields."""
        for claim in self.claims:
            yield claim, self[f"hours_{claim.pk}"], self[f"missed_{claim.pk}"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not self.attended():
            raise forms.ValidationError(
                _(
                    "No attendance was entered. Fill in the hours, or tick who was"
                    " absent."
                )
            )
        return cleaned

    def attended(self) -> list[Attended]:
        """Return the attendance entered for each claim."""
        entered = []
        for claim in self.claims:
            missed = self.cleaned_data[f"missed_{claim.pk}"]
            hours = self.cleaned_data[f"hours_{claim.pk}"]
            if missed or hours is not None:
                entered.append(Attended(claim, None if missed else hours))
        return entered
