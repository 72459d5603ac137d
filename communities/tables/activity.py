"""What each branch held in a quarter."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from communities.activity import ABOUT, COUNTED
from communities.enums import Activity, Agenda, MeetingKind
from core.months import last_day, shift_month
from core.numbers import percent_of
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
    study = Column(Agenda.STUDY.label, ABOUT[Agenda.STUDY], attrs=NUMBER)
    assigning = Column(Agenda.ASSIGNING.label, ABOUT[Agenda.ASSIGNING], attrs=NUMBER)
    share = Column(_("study in % of all"), "held", attrs=NUMBER)

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

    def render_study(self, value: int, record: Any) -> str:
        """Return the number, linked to the meetings."""
        return self._link(value, record, Agenda.STUDY)

    def render_assigning(self, value: int, record: Any) -> str:
        """Return the number, linked to the meetings."""
        return self._link(value, record, Agenda.ASSIGNING)

    def render_share(self, value: int, record: Any) -> str:
        """Return the share of study among all meetings held; none of none."""
        studied = Decimal(getattr(record, ABOUT[Agenda.STUDY]))
        share = percent_of(studied, Decimal(value))
        return "—" if share is None else f"{share}"

    def _link(self, value: int, record: Any, agenda: Agenda) -> str:
        if not value:
            return "0"
        first = record.quarter
        last = last_day(shift_month(first, 2))
        query = {
            "organization": record.pk,
            "agenda": agenda.value,
            "since": f"{first}",
            "until": f"{last}",
        }
        url = f"{reverse('communities:list')}?{urlencode(query)}"
        return format_html('<a href="{}">{}</a>', url, value)

    def value_study(self, value: int) -> int:
        """Return the number."""
        return value

    value_assigning = value_study
