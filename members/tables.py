"""Columns of the list of members."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from members.models import Member


class MemberTable(tables.Table):
    """Members as lists show them: born in which month, and no number of any kind."""

    name = tables.Column(verbose_name=_("Name"), linkify=True, order_by=("sound", "pk"))
    sex = tables.Column(verbose_name=_("Sex"), orderable=False)
    born = tables.DateColumn(
        accessor="birth_date",
        verbose_name=_("Born"),
        format="Y-m",
        short=False,
        orderable=False,
    )
    organization = tables.Column(
        verbose_name=_("Party organization"), order_by=("organization__path", "pk")
    )
    standing = tables.Column(verbose_name=_("Kind of member"), orderable=False)
    category = tables.Column(verbose_name=_("Category"), orderable=False)
    community = tables.Column(verbose_name=_("Checked in at"), orderable=False)

    class Meta:
        model = Member
        fields = (
            "name",
            "sex",
            "born",
            "organization",
            "standing",
            "category",
            "community",
        )
        order_by = "name"
