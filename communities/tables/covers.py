"""The list of new organizations and of who covers them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, DateColumn

from communities.tables.bodies import CodedTable
from core.text import StrOrPromise
from organizations.models import Unit


class CoverTable(CodedTable):
    """New organizations with the kind of cover, by whom, since when, and a contact."""

    name = Column(_("Unit"), linkify=lambda record: record.get_absolute_url())
    sector = Column(_("Sector"))
    host = Column(_("Community"), accessor="host__name")
    cover = Column(_("Cover"), accessor="cover_kind", empty_values=())
    by = Column(_("Covered by"), accessor="cover_name", default="—")
    since = DateColumn(verbose_name=_("From"), accessor="cover_since", default="—")
    contact = Column(
        _("Instructor or contact person"), accessor="cover_contact", default="—"
    )

    class Meta:
        model = Unit
        fields = ("name", "sector", "host", "cover", "by", "since", "contact")

    def render_sector(self, value: str) -> str:
        return self.label_code("org_sectors", value)

    def render_cover(self, record: Any) -> StrOrPromise:
        if record.cover_kind is None:
            return _("none")
        return self.label_code("cover_kinds", record.cover_kind)
