"""Tables of returns."""

from collections.abc import Collection

import django_tables2 as tables
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.web.links import Links
from core.web.tables import OrderedTable
from members.models import Affiliation
from reports.models import FilledForm, MonthlyReturn, SuperiorForm
from reports.returns.adjustment import AdjustedEntry
from reports.returns.changed_records import find_with_record_changes
from reports.returns.lateness import describe_lateness


class ReturnTable(OrderedTable):
    """Returns with their community, month, state and lateness."""

    organization = tables.Column(
        verbose_name=_("Community"),
        linkify=lambda record: record.get_absolute_url(),  # not the community's page
        order_by="organization__path",
    )
    month = tables.DateColumn(format="YEAR_MONTH_FORMAT", verbose_name=_("Month"))
    state = tables.Column(verbose_name=_("State"))
    due_on = tables.DateColumn(verbose_name=_("Due on"), order_by="due_day")
    submitted_at = tables.DateTimeColumn(verbose_name=_("Submitted at"))

    class Meta:
        model = MonthlyReturn
        fields = ("organization", "month", "state", "due_on", "submitted_at")
        order_by = ("-month", "organization")

    def render_state(self, value: str, record: MonthlyReturn) -> str:
        """Return the state, with lateness, and whether records have changed since."""
        if record.is_overdue:
            return _("%(state)s (late)") % {"state": value}
        parts = [value]
        if days := record.days_late:
            parts.append(describe_lateness(days))
        if record.pk in self.with_record_changes:
            parts.append(gettext("records have changed since"))
        return " · ".join(parts)

    @cached_property
    def with_record_changes(self) -> set[int]:
        """The returns of the rows that are shown which differ from the records."""
        shown = [row.record.pk for row in self.paginated_rows]
        rows = MonthlyReturn.objects.filter(pk__in=shown)
        return find_with_record_changes(rows)


class AdjustmentTable(OrderedTable):
    """The entries of an adjustment, each with its change, its day and its reason.

    `links` are the pages of members that the reader may open, `visible` the entries
    whose names and reasons they may read.
    """

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="row__member__name",
        linkify=lambda record, table: table.links.get(("member", record.pk)),
    )
    organization = tables.Column(
        verbose_name=_("Party organization"), accessor="row__organization__name"
    )
    change_text = tables.Column(
        verbose_name=_("Change"),
        attrs={"th": {"class": "text-end"}, "td": {"class": "text-end number"}},
    )
    day = tables.DateColumn(verbose_name=_("Date"))
    reason = tables.Column(verbose_name=_("Reason"))

    links: Links
    visible: Collection[int]

    class Meta:
        model = Affiliation
        fields: tuple[str, ...] = ()
        orderable = False

    def render_name(self, record: AdjustedEntry, value: str) -> str:
        """Return the name, if the reader may see the entry's row."""
        return value if record.pk in self.visible else "—"

    def render_reason(self, record: AdjustedEntry, value: str) -> str:
        """Return the reason, without what was typed if the row is not visible."""
        return record.full_reason if record.pk in self.visible else value

    def value_change_text(self, record: AdjustedEntry) -> int:
        """Return the change as a number for a file."""
        return record.change


class SuperiorFormTable(OrderedTable):
    """Superiors' forms, with how many cells something belongs into."""

    title = tables.Column(linkify=True, verbose_name=_("Title of the form"))
    organization = tables.Column(
        accessor="organization__name",
        verbose_name=_("Street that keeps it"),
        order_by="organization__path",
    )
    cell_count = tables.Column(verbose_name=_("Cells that are filled"))
    made_at = tables.DateTimeColumn(verbose_name=_("Uploaded at"))

    class Meta:
        model = SuperiorForm
        fields = ("title", "organization", "cell_count", "made_at")
        order_by = ("-made_at",)


class FilledCellTable(OrderedTable):
    """The cells of a filled form, and what came of each."""

    cell = tables.Column(verbose_name=_("Cell"))
    sheet = tables.Column(verbose_name=_("Sheet"))
    content = tables.Column(verbose_name=_("What to fill in"))
    value = tables.Column(verbose_name=_("What was filled in"))
    state = tables.Column(verbose_name=_("What came of it"))
    note = tables.Column(verbose_name=_("Note"))

    class Meta:
        model = FilledForm
        fields: tuple[str, ...] = ()
        orderable = False
