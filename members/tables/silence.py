"""Columns of the list of absent members who are to be called."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from core.web.tables import ON_ONE_LINE, OrderedTable
from members.absences.silence import SilentMember
from members.models import Member


class SilentMemberTable(OrderedTable):
    """Absent members without contact: why, since when, and until when to call."""

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="member__name",
        linkify=lambda record: record.member.get_absolute_url(),
    )
    place = tables.Column(
        verbose_name=_("Party organization"), accessor="member__organization"
    )
    reason = tables.Column(verbose_name=_("Why to get in touch"))
    since = tables.DateColumn(
        verbose_name=_("Without contact since"), short=False, attrs=ON_ONE_LINE
    )
    due_on = tables.DateColumn(verbose_name=_("Due on"), short=False, attrs=ON_ONE_LINE)
    record = tables.Column(
        verbose_name=_("To be dealt with"),
        empty_values=(),
        linkify=lambda record: reverse("members:log_contact", args=[record.member.pk]),
    )

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False

    def render_record(self, record: SilentMember) -> StrOrPromise:
        """Offer to record a contact."""
        return _("Record a contact")
