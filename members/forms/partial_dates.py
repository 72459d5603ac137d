"""Fields for dates of which only the month may be known."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.months import refuse_future_day
from core.partial_dates import PartialDate
from members.enums import PRECISION_OF, Precision
from sheets.read import BareYear, Cell, Kind, read_date_or_year


class PartialDateField(forms.CharField):
    """A past date, or its month where the day is not known, in any common spelling."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("To the day, or to the month if the day is not known: 1978-07.")
        super().__init__(
            max_length=40, **{"help_text": help_text, "required": False, **kwargs}
        )

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        try:
            date = read_date_or_year(Cell(text, text, Kind.TEXT)) if text else None
            if date is None:
                return None
            refuse_future_day(date.value)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return PartialDate(date.value, date.precision.value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.prepare_value(initial) or "") != (data or "").strip())


class PartialDatesForm(forms.ModelForm):
    """A form over a member whose dates may be known to the month only."""

    join_date = PartialDateField(label=_("Joined the Party on"))
    full_member_date = PartialDateField(label=_("Full member since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["join_date"] = self.instance.joined
        self.initial["full_member_date"] = self.instance.full_since

    def clean(self) -> dict[str, Any] | None:
        """Split each date into its two columns; a new date needs its month."""
        values = super().clean() or self.cleaned_data
        for name, precision in PRECISION_OF.items():
            date = values.get(name)
            values[precision] = date.precision if date else Precision.DAY
            values[name] = date.value if date else None
            if date and date.precision == Precision.YEAR and name in self.changed_data:
                self.add_error(name, str(BareYear(text=date.isoformat())))
        return values
