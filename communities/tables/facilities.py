"""The lists of facilities and of what communities lack."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tables2 import Column, DateColumn

from communities.facilities import missing_kinds, state_of
from communities.tables.bodies import CodedTable
from core.text import StrOrPromise
from core.web.columns import FurtherColumn
from core.web.tables import OrderedTable

WORKS = ("works", "works_stage", "works_due_on")


class FacilityTable(CodedTable):
    """Facilities with kind, size, signs, real use and hours."""

    name = Column(pgettext_lazy("facility", "Name"), linkify=True)
    kind = Column(_("Kind of facility"))
    organization = Column(_("Party organization"), accessor="organization__name")
    state = Column(_("State"), accessor="pk", orderable=False)
    location = Column(_("Where it is"), default="—")
    area = Column(_("Square metres"), default="—")
    signs = Column(_("Signs on its door"), orderable=False)
    real_use = Column(_("Used in fact for"), orderable=False)
    open_hours = Column(_("Open hours"), orderable=False)
    shared_with = Column(_("Shared with"), orderable=False)
    lacks = Column(_("Lacking or broken"), orderable=False)
    works = Column(_("Building works"), orderable=False)
    works_stage = Column(_("Stage of the works"))
    works_due_on = DateColumn(verbose_name=_("Works done by"))
    starts_on = DateColumn(verbose_name=_("In use since"))
    ends_on = DateColumn(verbose_name=_("Not in use any more from"))

    further_columns = {
        name: FurtherColumn()
        for name in (
            "location",
            "open_hours",
            "shared_with",
            *WORKS,
            "starts_on",
            "ends_on",
        )
    }

    def render_kind(self, value: str) -> str:
        return self.label_code("facility_kinds", value)

    def render_state(self, record: Any) -> StrOrPromise:
        return state_of(record)

    def render_signs(self, value: str) -> str:
        return "、".join(value.split("\n")).replace("\r", "") or "—"


class MissingTable(OrderedTable):
    """Communities with the required kinds of facility that they lack."""

    name = Column(_("Community"), linkify=True, order_by="path")
    missing = Column(_("Missing"), accessor="pk", orderable=False)

    def render_missing(self, record: Any) -> str:
        return "、".join(map(str, self.read_together(record, missing_kinds))) or "—"
