"""Tables of agreements."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, DateColumn

from core.text import StrOrPromise
from core.web.tables import OrderedTable


class AgreementTable(OrderedTable):
    """Agreements, how far they have come and how many targets are on course."""

    title = Column(_("Agreement"), linkify=True)
    unit = Column(_("Unit"), accessor="unit__name")
    organization = Column(_("Community"), accessor="organization__name")
    starts_on = DateColumn(verbose_name=_("From"))
    until = DateColumn(verbose_name=_("Until"), order_by="ends_on")
    state = Column(_("State"), accessor="shown_state", order_by="state")
    targets = Column(_("Targets on course"), accessor="target_count", orderable=False)

    def render_targets(self, record: Any) -> StrOrPromise:
        if record.due_count == 0:
            return _("Not due yet") if record.target_count else ""
        return _("%(on_course)s of %(all)s") % {
            "on_course": record.on_course_count,
            "all": record.due_count,
        }
