"""Columns of the lists of appraisals."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.web.tables import ON_ONE_LINE, OrderedTable
from members.models import AppraisalRound, Member


class AppraisalRoundTable(OrderedTable):
    """Appraisals of branches, with how many members are graded."""

    organization = tables.Column(
        verbose_name=_("Party organization"),
        linkify=lambda record: record.get_absolute_url(),
    )
    year = tables.Column(verbose_name=_("Year appraised"), attrs=ON_ONE_LINE)
    held_on = tables.Column(verbose_name=_("Day of the meeting"), attrs=ON_ONE_LINE)
    full = tables.Column(verbose_name=_("Full members"), orderable=False)
    graded = tables.Column(verbose_name=_("Graded"), orderable=False)
    owed = tables.Column(verbose_name=_("Without a grade yet"), orderable=False)
    state = tables.Column(verbose_name=_("State"), attrs=ON_ONE_LINE)

    class Meta:
        model = AppraisalRound
        fields = (
            *("organization", "year", "held_on"),
            *("full", "graded", "owed", "state"),
        )
        orderable = False


class OwedAppraisalTable(OrderedTable):
    """Branches that owe an appraisal; each opens where it goes on."""

    organization = tables.Column(
        verbose_name=_("Party organization"),
        linkify=lambda record: record.get_absolute_url(),
    )
    members = tables.Column(verbose_name=_("Full members"))
    left = tables.Column(verbose_name=_("Without a grade yet"))
    held_on = tables.Column(
        verbose_name=_("Day of the meeting"), accessor="round__held_on", default="—"
    )

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False
