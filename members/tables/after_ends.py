"""Columns of the list of records of days after an end."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.web.tables import OrderedTable
from members.ends.after_ends import describe_record
from members.ends.dated_records import describe_end_before
from members.models import RecordAfterEnd


class RecordAfterEndTable(OrderedTable):
    """Records of days after an end; each opens to be corrected or kept."""

    member = tables.Column(
        verbose_name=_("Name"),
        accessor="member__name",
        linkify=lambda record: reverse("members:keep_after_end", args=[record.pk]),
    )
    record = tables.Column(verbose_name=_("On record"))
    end = tables.Column(verbose_name=_("Contradicts"), empty_values=())
    organization = tables.Column(verbose_name=_("Party organization"))

    class Meta:
        model = RecordAfterEnd
        fields = ("member", "record", "end", "organization")
        orderable = False

    def render_record(self, record: RecordAfterEnd) -> str:
        """Say what is on record, with its day."""
        return describe_record(record)

    def render_end(self, record: RecordAfterEnd) -> str:
        """Say when and how the member had ended or left."""
        return describe_end_before(record.member, record.day)
