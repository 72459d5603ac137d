"""What each branch held in a quarter."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from communities.activity import COUNTED
from communities.enums import Activity, MeetingKind
from core.web.tables import OrderedTable
from organizations.models import Organization

NUMBER: Any = {"th": {"class": "text-end wrapped"}, "td": {"class": "text-end number"}}


class ActivityTable(OrderedTable):
    """Branches with the number of meetings of each form, in the order of the tree."""

    name = Column(_("Branch"), linkify=True)
    parent = Column(
        _("Community"), accessor="parent__name", order_by="parent__path", default=""
    )
    activity = Column(_("Compared with what is asked"))
    members = Column(
        MeetingKind.MEMBERS.label, COUNTED[MeetingKind.MEMBERS], attrs=NUMBER
    )
    committee = Column(
        MeetingKind.COMMITTEE.label, COUNTED[MeetingKind.COMMITTEE], attrs=NUMBER
    )
    group = Column(MeetingKind.GROUP.label, COUNTED[MeetingKind.GROUP], attrs=NUMBER)
    lesson = Column(MeetingKind.LESSON.label, COUNTED[MeetingKind.LESSON], attrs=NUMBER)
    theme_day = Column(
        MeetingKind.THEME_DAY.label, COUNTED[MeetingKind.THEME_DAY], attrs=NUMBER
    )
    held = Column(_("all forms"), attrs=NUMBER)

    class Meta:
        model = Organization
        fields: tuple[str, ...] = ()
        orderable = False

    def render_activity(self, value: str) -> str:
        """Return what the state is called."""
        return str(Activity(value).label)

    def render_committee(self, value: int, record: Any) -> str:
        """Return the number; a dash where the branch has no committee and held none."""
        return f"{value}" if value or record.owes_committee else "—"
