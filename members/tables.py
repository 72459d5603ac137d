"""Columns of the list of members."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.web.tables import OrderedTable
from members.models import Member, Transfer


class MemberTable(OrderedTable):
    """Members in lists: with the month of birth, and without any number."""

    name = tables.Column(
        verbose_name=_("Name"), linkify=True, order_by=("sort_key", "pk")
    )
    sex = tables.Column(verbose_name=_("Sex"), orderable=False)
    born = tables.DateColumn(
        accessor="birth_date",
        verbose_name=_("Born"),
        format="YEAR_MONTH_FORMAT",
        short=False,
        orderable=False,
    )
    organization = tables.Column(
        verbose_name=_("Party organization"),
        order_by=("organization__path", "pk"),
        empty_values=(),
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

    def render_organization(self, value: Any, record: Member) -> Any:
        """Label members with neither branch nor community, whom no figure counts."""
        if value is not None:
            return value
        if record.voided_at is not None:
            return _("Voided as a mistake")
        return _("No longer on the rolls") if record.community_id is None else "—"


ON_ONE_LINE = {"td": {"class": "text-nowrap"}}


class TransferTable(OrderedTable):
    """Transfers by letter, the latest first."""

    name = tables.Column(
        verbose_name=_("Name"), linkify=True, empty_values=(), attrs=ON_ONE_LINE
    )
    from_name = tables.Column(verbose_name=_("Comes from"))
    to_name = tables.Column(verbose_name=_("Goes to"))
    number = tables.Column(verbose_name=_("Letter no."))
    valid_until = tables.Column(verbose_name=_("Valid until"), attrs=ON_ONE_LINE)
    state = tables.Column(verbose_name=_("State"), attrs=ON_ONE_LINE)

    class Meta:
        model = Transfer
        fields = (
            "name",
            "from_name",
            "to_name",
            "number",
            "valid_until",
            "state",
        )
        orderable = False
