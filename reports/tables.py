"""Tables of returns, of superiors' forms, and of what filing costs."""

from collections.abc import Collection
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.months import today
from core.text import StrOrPromise
from core.web.links import Links
from core.web.tables import OrderedTable
from members.models import Affiliation
from organizations.models import Organization
from organizations.queries import code_items
from reports.burden.counting import PlaceBurden
from reports.models import (
    Feedback,
    FilledForm,
    MonthlyReturn,
    SuperiorForm,
    SuperiorRequest,
)
from reports.returns.adjustment import AdjustedEntry
from reports.returns.changed_records import find_with_record_changes
from reports.returns.lateness import describe_lateness

NUMBER: Any = {"th": {"class": "text-end wrapped"}, "td": {"class": "text-end number"}}


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
        if self.read_together(record, _tell_record_changes):
            parts.append(gettext("records have changed since"))
        return " · ".join(parts)


def _tell_record_changes(keys: list[int]) -> dict[int, bool]:
    """Return of each of some returns whether it differs from the records."""
    changed = find_with_record_changes(MonthlyReturn.objects.filter(pk__in=keys))
    return {key: key in changed for key in keys}


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


class RequestTable(OrderedTable):
    """Tasks from above, with who asks, for what, and how far they are."""

    title = tables.Column(_("Task"), linkify=True)
    source = tables.Column(_("Source of the task"))
    kind = tables.Column(_("What is asked for"))
    organization = tables.Column(
        _("Who has to do it"),
        accessor="organization__name",
        order_by="organization__path",
    )
    received_on = tables.DateColumn(verbose_name=_("Received on"))
    due_on = tables.DateColumn(verbose_name=_("Due on"))
    done_on = tables.DateColumn(verbose_name=_("State"), default="")

    class Meta:
        model = SuperiorRequest
        fields = (
            *("title", "source", "kind", "organization"),
            *("received_on", "due_on", "done_on"),
        )
        order_by = ("-received_on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = ("request_sources", "request_kinds")
        self.labels = {name: dict(code_items(name)) for name in lists}

    def render_source(self, value: str) -> str:
        """Return what the code says; one that was taken off the list is itself."""
        return self.labels["request_sources"].get(value, value)

    def render_kind(self, value: str) -> str:
        """Return what the code says; one that was taken off the list is itself."""
        return self.labels["request_kinds"].get(value, value)

    def render_done_on(self, record: SuperiorRequest) -> StrOrPromise:
        """Return whether the task is done."""
        return state_of(record)

    value_done_on = render_done_on


def state_of(row: SuperiorRequest) -> StrOrPromise:
    """Say whether a task is done, overdue or neither."""
    if row.done_on is not None:
        return _("Task done")
    return _("Overdue") if row.is_overdue(today()) else _("To be done")


# An empty cell would not be asked what it says.
RequestTable.base_columns["done_on"].empty_values = ()


class FeedbackTable(OrderedTable):
    """Feedback, with the page it is about and whether it was answered."""

    text = tables.Column(_("What is cumbersome or missing"), linkify=True)
    page = tables.Column(_("Page"))
    organization = tables.Column(
        _("Place"), accessor="organization__name", order_by="organization__path"
    )
    written_at = tables.DateTimeColumn(verbose_name=_("Written at"))
    answer = tables.Column(_("Answer"), default=_("Not answered yet"))

    class Meta:
        model = Feedback
        fields = ("text", "page", "organization", "written_at", "answer")
        order_by = ("-written_at",)


class BurdenTable(OrderedTable):
    """What a month cost each place: tasks from above and the return."""

    place = tables.Column(_("Place"), accessor="place__name", orderable=False)
    tasks = tables.Column(
        _("Tasks from above"), accessor="burden__tasks", attrs=NUMBER, orderable=False
    )
    sheets = tables.Column(
        _("of these, forms and ledgers"),
        accessor="burden__sheets",
        attrs=NUMBER,
        orderable=False,
    )
    late = tables.Column(
        _("not done in time"), accessor="burden__late", attrs=NUMBER, orderable=False
    )
    hours = tables.Column(
        _("hours, as far as known"),
        accessor="burden__hours",
        default="—",
        attrs=NUMBER,
        orderable=False,
    )
    computed = tables.Column(
        _("Numbers that filled themselves"),
        accessor="burden__computed",
        attrs=NUMBER,
        orderable=False,
    )
    typed = tables.Column(
        _("numbers typed"), accessor="burden__typed", attrs=NUMBER, orderable=False
    )
    sent_back = tables.Column(
        _("returns sent back"),
        accessor="burden__sent_back",
        attrs=NUMBER,
        orderable=False,
    )
    comments = tables.Column(
        _("questions on numbers"),
        accessor="burden__comments",
        attrs=NUMBER,
        orderable=False,
    )

    class Meta:
        model = Organization
        fields: tuple[str, ...] = ()

    def render_place(self, value: str, record: PlaceBurden) -> str:
        """Return the name, linked to the place's own page."""
        url = reverse("reports:burden_of", args=[record.place.pk])
        return format_html('<a href="{}">{}</a>', url, value)

    def value_place(self, value: str) -> str:
        """Return the name."""
        return value
