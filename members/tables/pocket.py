"""Columns of the list of members whom nobody manages."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.text import StrOrPromise
from core.web.tables import ON_ONE_LINE, OrderedTable
from members.models import Member
from members.unmanaged import Unmanaged


class UnmanagedTable(OrderedTable):
    """Members whom nobody manages: why, since when, and who deals with it."""

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="member__name",
        linkify=lambda record: record.member.get_absolute_url(),
    )
    place = tables.Column(verbose_name=_("Party organization"))
    reason = tables.Column(verbose_name=_("Why nobody manages them"))
    since = tables.DateColumn(
        verbose_name=_("Unmanaged since"), short=False, attrs=ON_ONE_LINE
    )
    state = tables.Column(
        verbose_name=_("To be dealt with"),
        empty_values=(),
        linkify=lambda record: record.get_absolute_url(),
    )

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False

    def render_state(self, record: Unmanaged) -> StrOrPromise:
        """Say whether somebody deals with it."""
        if record.row is None:
            return _("Deal with it myself")
        return _("Case opened on %(day)s") % {"day": format_day(record.row.found_on)}
