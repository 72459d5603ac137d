"""The list of honours."""

from typing import Any

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, DateColumn

from communities.tables.bodies import CodedTable
from members.enums import Opinion, OpinionState

SAID = {**dict(Opinion.choices), **dict(OpinionState.choices)}


class HonourTable(CodedTable):
    """Honours with who was honoured, at which level, by whom and by what."""

    name = Column(pgettext_lazy("honour", "Honour"), linkify=True)
    honoured = Column(_("Who was honoured"), orderable=False)
    organization = Column(_("Party organization"), accessor="organization__name")
    level = Column(pgettext_lazy("honour", "Level of the honour"))
    issuer = Column(_("Given by"))
    document = Column(_("Document of the honour"), default="—")
    awarded_on = DateColumn(verbose_name=_("Given on"))
    opinion_before = Column(
        _("Opinion asked for before"), empty_values=(), orderable=False
    )

    def render_level(self, value: str) -> str:
        return self.label_code("honour_levels", value)

    def render_document(self, value: str) -> str:
        return value or "—"

    def render_opinion_before(self, record: Any) -> str:
        """Say what was answered before; what is not referred to is not left out."""
        if record.member_id is None:
            return "—"
        other = str(SAID.get(record.passed_over, ""))
        if record.referred is None:
            return self._without(record, other)
        said = str(SAID[record.referred])
        if not other or record.passed_over == Opinion.AGREES:
            return said
        words = pgettext("honour", "%(said)s (not referred to: %(other)s)")
        return words % {"said": said, "other": other}

    def _without(self, record: Any, other: str) -> str:
        if other and record.opinion_id is None:
            words = pgettext("honour", "%(other)s (not referred to)")
            return words % {"other": other}
        if record.was_asked or record.opinion_id is not None:
            return pgettext("honour", "Asked for")
        return gettext("None was asked for")
