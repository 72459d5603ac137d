"""Free hours as slots: a day of the week and a part of the day (S1-14)."""

from collections.abc import Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.text import StrOrPromise

WEEKDAYS: tuple[StrOrPromise, ...] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
PARTS: Mapping[str, StrOrPromise] = {
    "m": pgettext_lazy("part of the day", "morning"),
    "a": pgettext_lazy("part of the day", "afternoon"),
    "e": pgettext_lazy("part of the day", "evening"),
}
LAST_WORKDAY = 5
SLOTS: Mapping[str, StrOrPromise] = {
    f"{number}{part}": format_lazy(
        pgettext_lazy("free hours", "{day} {part}"), day=day, part=label
    )
    for number, day in enumerate(WEEKDAYS, start=1)
    for part, label in PARTS.items()
}
"""The slots of a week by their codes: `6m` is Saturday morning."""
INSIDE, OUTSIDE = "inside", "outside"
WORKING_HOURS = tuple(
    code for code in SLOTS if int(code[0]) <= LAST_WORKDAY and code[1] != "e"
)
"""Within the eight hours of work (8小时内)."""
AFTER_WORK = tuple(code for code in SLOTS if code not in WORKING_HOURS)
"""Evenings and weekends (8小时外)."""
