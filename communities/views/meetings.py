"""Pages that show meetings: the list, one meeting, and owed meetings."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from communities import permissions
from communities.actions import is_quorate
from communities.actions.election_progress import is_possible
from communities.actions.meetings import refuse_decided_meeting
from communities.enums import DECIDING, Presence
from communities.filters import MeetingFilter
from communities.models import Meeting, Resolution
from communities.tables import MeetingTable, OwedTable
from communities.todos import LABELS, OwedMeeting, list_owed_meetings
from core.actors import Actor
from core.dates import format_month
from core.months import today
from core.text import StrOrPromise
from core.web.components import DetailRow, Link, Section
from core.web.exports import ExportedPage
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin
from members.ends.dated_records import describe_end_before, whether_contradicting
from members.models import Member

COUNTS_ONLY = _("%(came)s of the %(called)s called were present.")
QUORATE = _(
    "%(came)s of the %(called)s called were present, among them %(there)s of the"
    " %(voters)s with a vote: more than half, so the meeting is valid."
)
NOT_QUORATE = _(
    "%(came)s of the %(called)s called were present, among them only %(there)s of the"
    " %(voters)s with a vote: not more than half. There was no quorum, so nothing can"
    " be decided, and the meeting does not count as held."
)
PUBLISHED_WITHOUT_QUORUM = _(
    "%(came)s of the %(called)s called were present, among them only %(there)s of the"
    " %(voters)s with a vote: not more than half. There was no quorum; the month is"
    " closed and goes on counting the meeting as published."
)


class MeetingList(UserPassesTestMixin, ListPage):
    """Meetings of the reader's area, the latest first."""

    model = Meeting
    table_class = MeetingTable
    filterset_class = MeetingFilter
    title = _("Meetings")
    empty_text = _("No meeting yet. Record the first one once it was held.")

    def test_func(self) -> bool:
        return permissions.can_see_meetings(self.request.user)

    def get_queryset(self) -> Any:
        rows = Meeting.all_objects.visible_to(self.request.user).with_attendance()
        return rows.select_related("organization").order_by("-held_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = [
            Link(_("By branch and quarter"), reverse("communities:activity"))
        ]
        if permissions.can_record(self.request.user):
            record = reverse("communities:record")
            page_actions += [
                Link(_("Still owed"), reverse("communities:owed"), "calendar-check"),
                Link(_("Record a meeting"), record, "plus-lg", primary=True),
            ]
        return super().get_context_data(page_actions=page_actions, **kwargs)


class OwedList(ExportedPage, UserPassesTestMixin, SingleTableMixin, TemplateView):
    """Meetings that the reader's branches have not held yet (R-40)."""

    template_name = "core/list_page.html"
    table_class = OwedTable
    paginate_by = 50

    def test_func(self) -> bool:
        return permissions.can_record(self.request.user)

    def get_table_data(self) -> list[OwedMeeting]:
        owed = list_owed_meetings(self.request.user, today())
        kind = self.request.GET.get("kind", "")
        return [each for each in owed if kind in ("", each.kind)]

    def get_kinds(self) -> list[Link]:
        """Return links to what is owed of every kind, and of each."""
        here = reverse("communities:owed")
        return [
            Link(_("All kinds"), here),
            *(Link(kind.label, f"{here}?kind={kind.value}") for kind in LABELS),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Meetings not yet held"),
            empty_text=_("Every branch has held what this month and quarter ask for."),
            breadcrumbs=[meeting_list_breadcrumb(), Link(_("Still owed"))],
            page_actions=self.get_kinds(),
            **kwargs,
        )


class MeetingDetail(PermittedObjectMixin[Meeting], TemplateView):
    """One meeting: its minutes, its quorum, and who was there."""

    model = Meeting
    template_name = "communities/meeting.html"

    def get_rows(self) -> Any:
        rows = Meeting.all_objects.visible_to(self.request.user).with_attendance()
        return rows.select_related("organization", "chair", "recorder", "project")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, user = self.get_object(), self.request.user
        names = permissions.can_read_names(user, meeting)
        return super().get_context_data(
            title=meeting.topic,
            meeting=meeting,
            resolutions=list(Resolution.objects.filter(meeting=meeting)),
            attendance=describe_attendance(meeting),
            lists=attendance_lists_of(meeting) if names else [],
            breadcrumbs=[meeting_list_breadcrumb(), Link(meeting.topic)],
            page_actions=page_actions_for(meeting, user),
            sections=[Section("", detail_rows_of(meeting, names=names))],
            **kwargs,
        )


def meeting_list_breadcrumb() -> Link:
    """Return the breadcrumb of the list of meetings."""
    return Link(_("Meetings"), reverse("communities:list"))


def page_actions_for(meeting: Meeting, user: Actor) -> list[Link]:
    """Return links to what the reader may do with a meeting."""
    if meeting.voided_at or not permissions.can_change(user, meeting):
        return []
    paper, decide, change, void = (
        reverse(f"communities:{name}", args=[meeting.pk])
        for name in ("print", "decide_at_meeting", "change", "void")
    )
    links = [
        Link(_("Print the minutes"), paper, "printer"),
        Link(_("Enter a decision"), decide),
        Link(_("Change"), change, "pencil"),
    ]
    if is_possible(refuse_decided_meeting, meeting):
        links.append(Link(_("Void …"), void))
    return links


def detail_rows_of(meeting: Meeting, *, names: bool) -> list[DetailRow]:
    """Return the details of a meeting, with names for readers who may see them."""
    rows = [
        DetailRow(_("Organization"), meeting.organization),
        DetailRow(_("Kind"), meeting.get_kind_display()),
        DetailRow(_("Mostly about"), meeting.get_agenda_display() or None),
        DetailRow(_("Held on"), meeting.held_on),
        DetailRow(_("Counted in"), format_month(meeting.month)),
        DetailRow(_("Beginning"), meeting.starts_at),
        DetailRow(_("Place"), meeting.place or None),
    ]
    if names:
        rows.append(DetailRow(_("Chaired by"), meeting.chair))
        rows.append(DetailRow(_("Minutes by"), meeting.recorder))
    if meeting.project:
        rows.append(DetailRow(_("For the co-building project"), meeting.project))
    return rows


def describe_attendance(meeting: Any) -> StrOrPromise:
    """Say how many came, and whether a meeting that decides was quorate."""
    numbers = {
        "came": meeting.came,
        "called": meeting.called,
        "there": meeting.voters_there,
        "voters": meeting.voters,
    }
    if meeting.kind not in DECIDING:
        return COUNTS_ONLY % numbers
    if is_quorate(meeting.voters_there, meeting.voters):
        return QUORATE % numbers
    is_counted = meeting.counts_as_held and not meeting.voided_at
    return (PUBLISHED_WITHOUT_QUORUM if is_counted else NOT_QUORATE) % numbers


@dataclass(frozen=True, slots=True)
class ListedName:
    """A member on the attendance list, with what is to be said of them.

    Next to the reason of an absence this is that they no longer belonged there.
    """

    member: Member
    remarks: list[str]


@dataclass(frozen=True, slots=True)
class NameList:
    """The members of one presence on the attendance list."""

    label: StrOrPromise
    lines: list[ListedName]


def attendance_lists_of(meeting: Meeting) -> list[NameList]:
    """Return the non-empty lists of members by presence."""
    rows: Any = meeting.attendances.select_related("member").annotate(
        contradicts_end=whether_contradicting(
            "communities.attendance", "communities.guests"
        )
    )
    by_presence: dict[str, list[ListedName]] = {presence: [] for presence in Presence}
    for row in rows.order_by("member__sort_key", "pk"):
        remarks = [row.get_reason_display()] if row.reason else []
        if row.contradicts_end:
            remarks.append(describe_end_before(row.member, meeting.held_on))
        by_presence[row.presence].append(ListedName(row.member, remarks))
    return [NameList(p.label, by_presence[p]) for p in Presence if by_presence[p]]
