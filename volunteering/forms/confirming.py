"""Hours that a second person confirms: those after an end are chosen one by one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.web.edit_conflicts import MAX_TOKEN
from core.web.forms import KeyedForm
from members.ends.dated_records import describe_end_before
from volunteering.enums import RecordState
from volunteering.models import ServiceRecord

ASKED = _(
    "These people had ended before the day of their hours. Tick below whose hours are"
    " right; the others are not confirmed and can be handed back."
)


class ConfirmForm(KeyedForm):
    """The records that were ticked, and again those of people who had ended before.

    The latter are confirmed only where they were ticked under the question.
    """

    record = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    version_token = forms.CharField(
        max_length=MAX_TOKEN, required=False, widget=forms.HiddenInput
    )
    asked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    also = forms.MultipleChoiceField(
        label=_("Confirm all the same"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, records: Sequence[ServiceRecord], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.records = records
        self.after_end = [record for record in records if is_after_end(record)]
        self._offer("record", [(record, "") for record in records])
        doubtful = [(record, _describe(record)) for record in self.after_end]
        self._offer("also", doubtful)
        if not doubtful:
            del self.fields["also"]

    def _offer(self, name: str, rows: list[tuple[ServiceRecord, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(record.pk), label) for record, label in rows]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.after_end and not self.cleaned_data.get("asked"):
            data = QueryDict(mutable=True)
            data.update(self.data)
            data["asked"] = "on"
            self.data = data
            raise forms.ValidationError(str(ASKED))
        return cleaned

    def split(self) -> tuple[list[ServiceRecord], list[ServiceRecord]]:
        """Return the records to be confirmed, and those that are left waiting."""
        also = {*self.cleaned_data.get("also", ())}
        left = [record for record in self.after_end if str(record.pk) not in also]
        return [record for record in self.records if record not in left], left


def is_after_end(record: ServiceRecord) -> bool:
    """Whether hours wait that were served after the membership had ended."""
    ended_on = record.member.ended_on
    waits = record.state == RecordState.SUBMITTED
    return waits and ended_on is not None and ended_on < record.served_on


def _describe(record: ServiceRecord) -> str:
    why = describe_end_before(record.member, record.served_on)
    values = {"name": record.member.name, "hours": record.hours, "why": why}
    words = _("%(name)s, %(day)s, %(hours)s hours (%(why)s)")
    return str(words % {**values, "day": format_day(record.served_on)})
