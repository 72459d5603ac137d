"""Lists of resident units."""

from django.utils.translation import gettext_lazy as _
from django_tables2 import A, Column, DateColumn

from core.web.tables import OrderedTable
from organizations.models import Unit


class UnitTable(OrderedTable):
    """Resident units of the reader's area."""

    name = Column(_("Unit"), linkify=("organizations:unit", [A("pk")]))
    credit_code = Column(_("Social credit code"), default="—")
    host = Column(_("Community"), accessor="host__name")
    address = Column(_("Address of the unit"), orderable=False)
    ended_on = DateColumn(verbose_name=_("Off the register since"), default="—")

    def render_address(self, value: str) -> str:
        return value or "—"

    class Meta:
        model = Unit
        fields = ("name", "credit_code", "host", "address", "ended_on")
        order_by = "name"
