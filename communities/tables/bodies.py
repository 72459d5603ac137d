"""Lists of meetings, projects and bodies."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, DateColumn, TemplateColumn

from communities.actions import is_quorate
from communities.enums import DECIDING
from communities.leaders import LeaderRemarks, leads_the_party
from communities.models import Meeting
from core.dates import format_month
from core.months import today
from core.text import StrOrPromise
from core.web.columns import FurtherColumn
from core.web.tables import OrderedTable
from organizations.queries import code_items


class CodedTable(OrderedTable):
    """Base of tables with codes of lists that offices keep: each list is read once."""

    def label_code(self, code_list: str, code: str) -> str:
        """Return the label of a code; one that was taken off the list is itself."""
        lists: dict[str, dict[str, str]] = self.__dict__.setdefault("_lists", {})
        if code_list not in lists:
            lists[code_list] = dict(code_items(code_list))
        return lists[code_list].get(code, code)


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


class BodyTable(OrderedTable):
    """Bodies with how many of their seats are held, and until when their term runs."""

    name = Column(_("Body"), linkify=True)
    group = Column(_("Listed under"), accessor="kind__group")
    kind = Column(_("Kind"), accessor="kind__name")
    organization = Column(_("Party organization"), accessor="organization__name")
    seats = Column(
        _("Held of all seats"), accessor="seat_count", order_by=("held_count",)
    )
    vacant = Column(_("Vacant"), accessor="seat_count", orderable=False)
    term_ends = DateColumn(
        verbose_name=_("Term until"), accessor="term_last_day", order_by="term_ends_on"
    )

    def render_seats(self, record: Any) -> StrOrPromise:
        return _("%(held)s of %(seats)s") % {
            "held": record.held_count,
            "seats": record.seat_count,
        }

    def render_vacant(self, record: Any) -> int:
        count: int = record.seat_count - record.held_count
        return count


class HolderTable(CodedTable):
    """Who holds seats, with what statistics ask for and the month of birth alone."""

    holder = Column(
        _("Name"), accessor="holder_name", linkify=True, order_by=("holder_key", "pk")
    )
    seat = Column(_("Seat"), accessor="seat__kind__name")
    body = Column(_("Body"), accessor="seat__body__name")
    organization = Column(
        _("Party organization"), accessor="seat__body__organization__name"
    )
    sex = Column(_("Sex"), accessor="person__get_sex_display", orderable=False)
    born = Column(_("Born"), accessor="born_in", orderable=False)
    party = Column(_("Party member"), accessor="pk", orderable=False)
    channel = Column(_("Came by"))
    working = Column(_("Works"), accessor="is_full_time", orderable=False)
    other_posts = Column(_("Holds as well"), accessor="pk", orderable=False)
    starts_on = DateColumn(verbose_name=_("Since"))
    filed = Column(_("On file"), accessor="pk", orderable=False)
    remark = Column(_("To note"), accessor="pk", orderable=False)
    recruited_from = Column(_("From which group"), default="—")
    years = Column(
        _("Years of community work"),
        accessor="years_of_work",
        order_by="-works_since",
        default="—",
    )

    further_columns = {
        "sex": FurtherColumn(),
        "born": FurtherColumn(),
        "recruited_from": FurtherColumn(),
        "years": FurtherColumn(),
    }

    def render_recruited_from(self, value: str) -> str:
        return self.label_code("recruited_from", value)

    def render_born(self, value: dt.date) -> str:
        return format_month(value)

    def render_party(self, record: Any) -> StrOrPromise:
        if record.person is None:
            return pgettext_lazy("holder", "unit")
        return (
            pgettext_lazy("answer", "yes")
            if record.member_id
            else pgettext_lazy("answer", "no")
        )

    def render_working(self, record: Any) -> StrOrPromise:
        if record.person is None:
            return "—"
        works = _("full time") if record.is_full_time else _("part time")
        return f"{works}、{_('for years')}" if record.is_long_term else works

    def render_remark(self, record: Any) -> str:
        return self.remarks.describe(record) or "—"

    def render_filed(self, record: Any) -> str:
        words = self.describe_filing(record)
        if words == "—":
            return words
        url = reverse("communities:filing", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, words)

    def value_filed(self, record: Any) -> str:
        """Return the level and the number, for a file."""
        return self.describe_filing(record)

    def describe_filing(self, record: Any) -> str:
        """Say at which level somebody is on file; of secretaries that they are not."""
        if record.filing_level is not None:
            level = self.label_code("filing_levels", record.filing_level)
            return f"{level} {record.filing_number}"
        return gettext("not on file") if leads_the_party(record) else "—"

    @cached_property
    def remarks(self) -> LeaderRemarks:
        """What is to be noted of secretaries today."""
        return LeaderRemarks(today())

    def render_other_posts(self, record: Any) -> str:
        return "、".join(record.other_posts) or "—"


class BodyKindTable(OrderedTable):
    """Kinds of body with the rules by which they are filled."""

    name = Column(_("Kind of body"), linkify=True)
    group = Column(_("Listed under"))
    filled_by = Column(_("Filled by"))
    term_years = Column(_("Years of a term"), default="—")
    open_to = Column(_("Who may be in it"))
    starts_on = DateColumn(verbose_name=_("From"))
    until = DateColumn(verbose_name=_("Until"), accessor="last_day", orderable=False)


class ElectionTable(OrderedTable):
    """Elections with their day and how far they have come."""

    body = Column(
        _("Body"),
        accessor="body__name",
        linkify=lambda record: record.get_absolute_url(),
    )
    organization = Column(_("Party organization"), accessor="body__organization__name")
    held_on = DateColumn(verbose_name=_("Day of the election"))
    seats = Column(_("Seats to fill"))
    state = Column(_("State"), accessor="state_label", orderable=False)
