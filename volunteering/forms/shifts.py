"""Forms of shifts; unusual values are asked about once."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.admin import ActionBackedForm
from core.dates import format_time
from core.months import today
from core.text import StrOrPromise
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.forms import CONFIRMED, AskedOnce, DayField, VersionedForm
from core.web.idempotency import KEY
from volunteering.models import Shift

TIMES = {"day", "begins", "ends"}
LONG = dt.timedelta(hours=12)
"""A longer shift is asked about."""


def limit_of(model: type[models.Model], name: str) -> int | None:
    """Return the maximum length of a column's text."""
    limit: int | None = getattr(model._meta.get_field(name), "max_length", None)
    return limit


def questions_about(
    starts_at: dt.datetime, ends_at: dt.datetime
) -> Iterator[StrOrPromise]:
    """Return questions about a shift's unusual time: its length, or that it is past.

    One that ends before it begins is refused anyway, so nothing is asked about it.
    """
    if ends_at <= starts_at:
        return
    if ends_at - starts_at > LONG:
        minutes = round((ends_at - starts_at).total_seconds() / 60)
        yield _(
            "The shift lasts %(hours)s hours and %(minutes)s minutes. If this is right,"
            " tick below and save again."
        ) % {"hours": minutes // 60, "minutes": minutes % 60}
    if starts_at <= timezone.now():
        yield _(
            "The shift begins on %(time)s, which is past, so nobody can claim it. If"
            " this is right, tick below and save again."
        ) % {"time": format_time(starts_at)}


def is_fixed(shift: Shift | None) -> bool:
    """Whether a shift is under way with people in it: its time can change no more."""
    if shift is None or shift.pk is None:
        return False
    return bool(shift.claimed > 0 and shift.has_begun)


class ShiftFields(AskedOnce, VersionedForm):
    """Time, meeting point and capacity of a shift that ends within twenty-four hours.

    An end that is not after the beginning is meant on the next day; that is asked once.
    """

    day = DayField(label=_("Day"))
    begins = forms.TimeField(
        label=_("Begins at"), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    ends = forms.TimeField(
        label=_("Ends at"),
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        help_text=_("An end before the beginning means the next day."),
    )
    meeting_point = forms.CharField(
        label=_("Meeting place"), max_length=limit_of(Shift, "meeting_point")
    )
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=999)

    def clean_day(self) -> dt.date:
        """Ask for people within a year."""
        day: dt.date = self.cleaned_data["day"]
        if "day" in self.changed_data and day > _in_a_year():
            raise forms.ValidationError(_("Choose a day until the same day next year."))
        return day

    def questions(self) -> Iterator[StrOrPromise]:
        shift = self.over if isinstance(self.over, Shift) else None
        if is_fixed(shift):
            return
        if TIMES & {*self.changed_data}:
            values = self.shift_values()
            starts_at, ends_at = values["starts_at"], values["ends_at"]
            if self.ends_next_day:
                yield _(
                    "The shift ends on the next day, at %(time)s. If this is right,"
                    " tick below and save again; if not, correct the times."
                ) % {"time": format_time(ends_at)}
            yield from questions_about(starts_at, ends_at)

    def is_changed(self) -> bool:
        """Whether anything but the hidden fields differs from what the page offered."""
        return bool(set(self.changed_data) - {KEY, VERSION_TOKEN, CONFIRMED})

    @property
    def ends_next_day(self) -> bool:
        """Whether the end, as it was typed, is not after the beginning."""
        return bool(self.cleaned_data["ends"] <= self.cleaned_data["begins"])

    def _times(self) -> tuple[dt.datetime, dt.datetime]:
        """Return when the shift begins and ends; unchanged, it may last for days."""
        shift = self.over
        if isinstance(shift, Shift) and not TIMES & {*self.changed_data}:
            return shift.starts_at, shift.ends_at
        cleaned = self.cleaned_data
        last_day = cleaned["day"] + dt.timedelta(days=self.ends_next_day)
        return (
            _moment(cleaned["day"], cleaned["begins"]),
            _moment(last_day, cleaned["ends"]),
        )

    def shift_values(self) -> dict[str, Any]:
        """Return the columns of the shift."""
        cleaned = self.cleaned_data
        starts_at, ends_at = self._times()
        return {
            "starts_at": starts_at,
            "ends_at": ends_at,
            "meeting_point": cleaned["meeting_point"],
            "capacity": cleaned["capacity"],
        }


class ChangeShiftForm(ShiftFields):
    """A shift whose time changes for a reason, once somebody claimed it."""

    reason = forms.CharField(
        label=_("Why the time changes"),
        max_length=200,
        required=False,
        help_text=_("Needed once somebody has claimed the shift, who then reads it."),
    )

    def shift_values(self) -> dict[str, Any]:
        return {**super().shift_values(), "reason": self.cleaned_data.get("reason", "")}


def _in_a_year() -> dt.date:
    return today() + dt.timedelta(days=366)


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


def shift_initial(shift: Shift) -> dict[str, Any]:
    """Return a shift as its form shows it."""
    begins, ends = (timezone.localtime(t) for t in (shift.starts_at, shift.ends_at))
    return {
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "meeting_point": shift.meeting_point,
        "capacity": shift.capacity,
    }


class ShiftAdminForm(AskedOnce, ActionBackedForm):
    """A shift in the admin, where it may last for days."""

    class Meta:
        model = Shift
        fields = ("post", "starts_at", "ends_at", "meeting_point", "capacity")

    def questions(self) -> Iterator[StrOrPromise]:
        starts_at, ends_at = (
            self.cleaned_data.get(name) for name in ("starts_at", "ends_at")
        )
        if is_fixed(self.instance):
            return
        if starts_at and ends_at and {"starts_at", "ends_at"} & {*self.changed_data}:
            yield from questions_about(starts_at, ends_at)
