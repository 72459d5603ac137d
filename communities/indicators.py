"""Figures about meetings, each defined once."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.enums import MeetingKind
from communities.models import Meeting
from core.db.querysets import ScopedQuerySet
from core.text import StrOrPromise
from figures.breakdowns import by_choices
from figures.definitions import Column, Indicator, Kind, RowFilter, Source, indicators


def _meetings_counted_in(month: dt.date) -> ScopedQuerySet[Meeting]:
    return Meeting.all_objects.counted_in(month).select_related("organization")


MEETINGS = Source(
    "communities.meetings",
    _("Meetings held"),
    _meetings_counted_in,
    (
        Column(_("Organization"), "organization.name"),
        Column(_("Kind"), "get_kind_display"),
        Column(_("Topic"), "topic", opens="self"),
        Column(_("Held on"), "held_on"),
    ),
    project="project",
    day="held_on",
    breakdowns=(by_choices("kind", _("Kind"), MeetingKind, "kind"),),
)


def of_kind(kind: MeetingKind) -> RowFilter:
    """Return a condition on meetings of one kind."""
    return lambda _month: Q(kind=kind)


def _meeting_indicator(key: str, label: StrOrPromise, kind: MeetingKind) -> Indicator:
    return Indicator(
        f"meetings_{key}", label, _("times"), Kind.FLOW, MEETINGS, of_kind(kind)
    )


indicators.add(
    Indicator(
        "meetings_held", _("Meetings of all kinds"), _("times"), Kind.FLOW, MEETINGS
    ),
    _meeting_indicator("members", _("Members' meetings"), MeetingKind.MEMBERS),
    _meeting_indicator(
        "committee", _("Branch committee meetings"), MeetingKind.COMMITTEE
    ),
    _meeting_indicator("lessons", _("Party lessons"), MeetingKind.LESSON),
    _meeting_indicator("theme_days", _("Theme Party days"), MeetingKind.THEME_DAY),
)
