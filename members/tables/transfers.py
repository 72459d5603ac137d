"""Columns of the list of transfers."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.web.tables import ON_ONE_LINE, OrderedTable
from members.lost_contacts.marks import mark_name
from members.models import Transfer


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

    def render_name(self, value: str, record: Transfer) -> str:
        """Mark who is lost or suspended."""
        return mark_name(value, getattr(record, "search_state", None))

    def value_name(self, value: str) -> str:
        """Leave the name alone in files."""
        return value
