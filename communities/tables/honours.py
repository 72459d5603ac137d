"""The list of honours."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tables2 import Column, DateColumn

from communities.tables.bodies import CodedTable


class HonourTable(CodedTable):
    """Honours with who was honoured, at which level, by whom and by what."""

    name = Column(pgettext_lazy("honour", "Honour"), linkify=True)
    honoured = Column(_("Who was honoured"), orderable=False)
    organization = Column(_("Party organization"), accessor="organization__name")
    level = Column(pgettext_lazy("honour", "Level of the honour"))
    issuer = Column(_("Given by"))
    document = Column(_("Document of the honour"), default="—")
    awarded_on = DateColumn(verbose_name=_("Given on"))

    def render_level(self, value: str) -> str:
        return self.label_code("honour_levels", value)

    def render_document(self, value: str) -> str:
        return value or "—"
