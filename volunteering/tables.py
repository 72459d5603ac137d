"""Tables of shifts, claims and hours."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, TemplateColumn

from core.text import StrOrPromise
from core.web.tables import OrderedTable
from members.ends.dated_records import describe_end_before
from volunteering.models import Claim, ServiceRecord, Shift

POST_LINK = '<a href="{}">{}</a>'
MARK = ' <span class="badge {}">{}</span>'
# Why a shift ranks high in the list: the annotation that says so, a colour, the words.
RANKS = (
    ("own_claim", "text-bg-success", _("Claimed by you")),
    ("fits_skills", "text-bg-light border", _("Fits your skills")),
    ("fits_community", "text-bg-light border", _("Your community")),
)
AFTER_END = '{} <span class="badge text-bg-warning text-wrap">{}</span>'


def _drawn(template: str, heading: StrOrPromise, **kwargs: Any) -> TemplateColumn:
    """Render a cell with a template in the page's own context, without more queries."""
    code = f'{{% include "volunteering/{template}" %}}'
    return TemplateColumn(code, verbose_name=heading, **kwargs)


class PeriodColumn(Column):
    """When a shift is; its figures stand below one another."""

    def render(self, value: str) -> SafeString:
        """Set the period in figures of one width."""
        return format_html('<span class="number">{}</span>', value)

    def value(self, value: str) -> str:
        """Return the bare words, for files."""
        return value


class OpenShiftTable(OrderedTable):
    """Shifts with a place left, for anyone."""

    title = Column(_("Post"), accessor="post__title")
    community = Column(_("Community"), accessor="post__organization__name")
    time = PeriodColumn(_("Time"), accessor="period", order_by="starts_at")
    meeting_point = Column(_("Meeting place"))
    left = Column(_("Places left"), accessor="left")
    more_shifts = Column(_("Further shifts"), default="—")
    category = Column(_("Post category"), accessor="post__category")

    class Meta:
        model = Shift
        fields: tuple[str, ...] = ()
        orderable = False

    def __init__(
        self,
        *args: Any,
        categories: Mapping[str, str],
        marks_missing: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.categories, self.marks_missing = categories, marks_missing

    def render_title(self, value: str, record: Shift) -> SafeString:
        """Link to the post, and say why the shift ranks high in the list."""
        link = format_html(POST_LINK, record.get_absolute_url(), value)
        return link + format_html_join("", MARK, self._marks(record))

    def _marks(self, shift: Shift) -> Iterator[tuple[str, StrOrPromise]]:
        """Yield what is said beside a title: its colour and its words."""
        if self.marks_missing and not shift.post.contact_name:
            yield "text-bg-warning", _("No contact person")
        for name, colour, words in RANKS:
            if getattr(shift, name, False):
                yield colour, words

    def render_category(self, value: str) -> str:
        """Show the label of the code."""
        return self.categories.get(value, value)


class ClaimTable(OrderedTable):
    """Claims with their shift and their state."""

    title = _drawn("_claim_title.html", _("Post"))
    time = PeriodColumn(_("Time"), accessor="shift__period")
    community = Column(
        _("Community"), accessor="shift__post__organization__name", orderable=False
    )

    class Meta:
        model = Claim
        fields: tuple[str, ...] = ()
        orderable = False


class OwnClaimTable(ClaimTable):
    """A member's own claims: withdrawn, recorded or still to be served."""

    state = _drawn("_claim_state.html", _("State"))
    action = _drawn("_claim_actions.html", _("To do"), exclude_from_export=True)


class UnrecordedShiftTable(OrderedTable):
    """Begun shifts, with the number of claims still to be recorded."""

    title = Column(_("Post"), accessor="post__title")
    time = PeriodColumn(_("Time"), accessor="period")
    community = Column(_("Community"), accessor="post__organization__name")
    unrecorded_count = Column(_("Not recorded yet"))
    action = _drawn("_shift_attendance.html", _("To do"), exclude_from_export=True)

    class Meta:
        model = Shift
        fields: tuple[str, ...] = ()
        orderable = False


class PendingServiceTable(OrderedTable):
    """Hours that wait for confirmation."""

    tick = _drawn("_service_tick.html", _("Name"))
    title = Column(_("Post"), accessor="claim__shift__post__title")
    served_on = Column(_("Served on"))
    hours = Column(_("Hours served"))
    remark = Column(_("What was done"), default="—")
    recorded_by = Column(_("Recorded by"))
    action = _drawn("_service_actions.html", _("To do"), exclude_from_export=True)

    def render_served_on(self, value: dt.date, record: Any) -> StrOrPromise:
        """Mark a day on which the member had ended or left."""
        if not record.contradicts_end:
            return localize(value)
        why = describe_end_before(record.member, value)
        return format_html(AFTER_END, localize(value), why)

    def value_served_on(self, value: dt.date, record: Any) -> Any:
        """Return the day for files, with the same mark in words."""
        if not record.contradicts_end:
            return value
        return f"{localize(value)}（{describe_end_before(record.member, value)}）"

    class Meta:
        model = ServiceRecord
        fields: tuple[str, ...] = ()
        orderable = False
