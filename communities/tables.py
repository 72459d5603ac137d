"""Lists of meetings and projects."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, DateColumn, TemplateColumn

from communities.actions import is_quorate
from communities.enums import DECIDING
from communities.models import Meeting
from core.dates import format_month
from core.text import StrOrPromise
from core.web.tables import OrderedTable


class MeetingTable(OrderedTable):
    """Meetings, how many came, and whether they are late or voided."""

    held_on = DateColumn(verbose_name=_("Held on"))
    topic = Column(_("Topic"), linkify=True)
    kind = Column(_("Kind"))
    organization = Column(_("Organization"), accessor="organization__name")
    came = Column(_("Present"), orderable=False)
    remark = Column(_("Remark"), accessor="pk", orderable=False)

    def render_came(self, record: Any) -> StrOrPromise:
        return _("%(came)s of %(called)s") % {
            "came": record.came,
            "called": record.called,
        }

    def render_remark(self, record: Any) -> StrOrPromise:
        if record.voided_at:
            return _("Voided as a mistake")
        if record.kind in DECIDING and not is_quorate(
            record.voters_there, record.voters
        ):
            return (
                _("No quorum, counted as published")
                if record.counts_as_held
                else (_("No quorum, not counted"))
            )
        if record.is_late:
            return _("Late, counted in %(month)s") % {
                "month": format_month(record.month)
            }
        return "—"


class OwedTable(OrderedTable):
    """Meetings that branches have not held yet."""

    organization = Column(_("Organization"))
    kind = Column(_("Kind"), accessor="kind__label")
    due_on = DateColumn(verbose_name=_("Due"))
    action = TemplateColumn(
        '{% include "communities/_record_owed.html" %}',
        verbose_name=_("To do"),
        exclude_from_export=True,
    )

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = ()
        orderable = False


class ProjectTable(OrderedTable):
    """Projects with their unit and term."""

    name = Column(_("Project"), linkify=True)
    tag = Column(_("Way of co-building"))
    unit = Column(_("Unit"), accessor="unit__name", default="—")
    organization = Column(_("Community"), accessor="organization__name")
    starts_on = DateColumn(verbose_name=_("From"))
    until = DateColumn(verbose_name=_("Until"), order_by="ends_on")
