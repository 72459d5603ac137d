"""Lists of organizations, findings, resident units and facts of places."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_tables2 import A, Column, DateColumn

from core.web.tables import OrderedTable
from organizations.enums import PartyForm
from organizations.models import Organization, PlaceFact, Unit
from organizations.queries import code_items


class OrganizationTable(OrderedTable):
    """Organizations of the reader's area, with what the apps show of each."""

    name = Column(_("name"), linkify=("organizations:organization", [A("pk")]))
    kind = Column(_("kind"))
    form = Column(_("Form of organization"), default="—", empty_values=(None, ""))
    parent = Column(_("parent organization"), accessor="parent__name", default="—")
    code = Column(_("code"))
    ended_on = DateColumn(verbose_name=_("dissolved on"), default="—")

    class Meta:
        model = Organization
        fields = ("name", "kind", "form", "parent", "code", "ended_on")

    def render_form(self, value: str) -> str:
        return str(PartyForm(value).label)


class FindingTable(OrderedTable):
    """Organizations that are not as a regulation wants them, and what to do."""

    organization = Column(
        _("Party organization"),
        linkify=("organizations:organization", [A("organization__pk")]),
        accessor="organization__name",
        orderable=False,
    )
    place = Column(_("Where"), orderable=False, accessor="place", default="—")
    label = Column(_("Finding"), orderable=False, accessor="rule__label")
    cites = Column(_("Regulation"), orderable=False, accessor="rule__cites")
    advice = Column(_("What to do"), orderable=False, accessor="rule__advice")

    class Meta:
        model = Organization
        fields = ("organization", "place", "label", "cites", "advice")


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


class PlaceFactTable(OrderedTable):
    """The number of each kind and place that holds today, or all there were."""

    organization = Column(
        _("Party organization"),
        accessor="organization__name",
        linkify=("organizations:facts_of_place", [A("organization_id")]),
    )
    kind = Column(_("Kind of number"))
    value = Column(_("Number"))
    taken_on = DateColumn(verbose_name=_("As of"))
    source = Column(_("Source"))

    class Meta:
        model = PlaceFact
        fields = ("organization", "kind", "value", "taken_on", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = dict(code_items("place_fact_kinds"))

    def render_kind(self, value: str) -> str:
        return self.kinds.get(value, value)

    def render_value(self, record: PlaceFact) -> str:
        return record.number
