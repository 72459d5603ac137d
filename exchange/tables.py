"""Lists of imports and their rows, documents, publications and saved filters."""

import datetime as dt
from collections.abc import Container
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.web.tables import OrderedTable
from exchange.models import BulkRun, Document, ImportBatch, ImportRow, SavedView
from organizations.queries import code_choices

EXCERPT = 120  # characters of a text in a list


class BatchTable(OrderedTable):
    """Imports, the latest first."""

    file = tables.Column(verbose_name=_("File"), linkify=True)
    kind = tables.Column(accessor="kind_label", orderable=False, verbose_name=_("Kind"))
    organization = tables.Column(
        verbose_name=_("Sheet of"), order_by="organization__path"
    )
    state = tables.Column(
        accessor="state_label", verbose_name=_("State"), order_by="state"
    )
    rows = tables.Column(
        accessor="would_write", orderable=False, verbose_name=_("To enter or change")
    )
    uploaded_by = tables.Column(verbose_name=_("Uploaded by"), orderable=False)
    uploaded_at = tables.DateTimeColumn(verbose_name=_("Uploaded at"))

    class Meta:
        model = ImportBatch
        fields = (
            *("file", "kind", "organization", "state", "rows"),
            *("uploaded_by", "uploaded_at"),
        )
        order_by = "-uploaded_at"

    def render_file(self, record: ImportBatch) -> str:
        """Show the original name of the file."""
        return record.file.original_name


class RowTable(OrderedTable):
    """Rows of a preview, in the order of the file."""

    excel_row = tables.Column(verbose_name=_("Row"), orderable=False)
    sheet = tables.Column(verbose_name=_("Sheet"), orderable=False)
    verdict = tables.Column(verbose_name=_("Outcome"), orderable=False)
    label = tables.Column(verbose_name=_("Who or what"), orderable=False)
    why = tables.Column(
        empty_values=(), verbose_name=_("Reason and remarks"), orderable=False
    )

    class Meta:
        model = ImportRow
        fields = ("excel_row", "sheet", "verdict", "label", "why")

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flag_words, self.verdict_words = batch.flag_words, batch.verdict_words

    def render_verdict(self, record: ImportRow) -> str:
        """Show the planned outcome of the row, or the actual one after the import."""
        return str(self.verdict_words[record.verdict])

    def render_why(self, record: ImportRow) -> str:
        """Show the reason, the changes and the flags of the row."""
        flags = [self.flag_words.get(flag, flag) for flag in record.flags]
        context = {"record": record, "flags": flags}
        return render_to_string("exchange/_row_reason.html", context)


class DocumentTable(OrderedTable):
    """Documents with their numbers and when they are in force."""

    title = tables.Column(verbose_name=_("Document title"), linkify=True)
    number = tables.Column(verbose_name=_("Document number"), default="—")
    kind = tables.Column(verbose_name=_("Kind of document"))
    issuer = tables.Column(verbose_name=_("Issuing body"), default="—")
    organization = tables.Column(
        verbose_name=_("Keeping organization"), accessor="organization__name"
    )
    starts_on = tables.DateColumn(verbose_name=_("In force from"))
    until = tables.DateColumn(
        verbose_name=_("Until"), accessor="last_day", order_by="ends_on"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = dict(code_choices("document_kinds"))

    def render_kind(self, value: str) -> str:
        return self.kinds.get(value, value)


class PowerTable(OrderedTable):
    """Powers passed down: what, by which document, from whom to whom, and when."""

    title = tables.Column(verbose_name=_("Document title"), linkify=True)
    number = tables.Column(verbose_name=_("Document number"), default="—")
    text = tables.Column(verbose_name=_("What is passed down"), orderable=False)
    giver = tables.Column(
        verbose_name=pgettext_lazy("giver", "From"),
        order_by=("issuer", "organization__path"),
    )
    reaches = tables.Column(
        verbose_name=pgettext_lazy("taker", "To"), order_by="organization__path"
    )
    starts_on = tables.DateColumn(verbose_name=_("In force from"))
    until = tables.DateColumn(
        verbose_name=_("Until"), accessor="last_day", order_by="ends_on"
    )

    def render_text(self, value: str) -> str:
        return Truncator(value).chars(EXCERPT)

    def value_text(self, value: str) -> str:
        """Give files the whole text."""
        return value

    def render_starts_on(self, value: dt.date, record: Document) -> str:
        day = format_day(value)
        return (
            gettext("%(day)s, not in force yet") % {"day": day}
            if record.not_yet
            else day
        )


class PublicationTable(OrderedTable):
    """Publications, for whom they are and how far they are."""

    title = tables.Column(verbose_name=_("Title of the publication"), linkify=True)
    kind = tables.Column(verbose_name=_("What it is"))
    organization = tables.Column(
        verbose_name=_("Publisher"), accessor="organization__name"
    )
    audience = tables.Column(
        verbose_name=_("For"), accessor="audience_label", order_by="audience"
    )
    state = tables.Column(
        verbose_name=_("State"), accessor="state__label", orderable=False
    )
    starts_on = tables.DateColumn(verbose_name=_("Shown from"))
    until = tables.DateColumn(
        verbose_name=_("Until"), accessor="last_day", order_by="ends_on"
    )


class BulkLineTable(OrderedTable):
    """Rows of an action on many: for whom it can be done, for whom not and why."""

    name = tables.Column(verbose_name=_("Who or what"), default="—", orderable=False)
    why = tables.Column(
        verbose_name=_("Can it be done?"), orderable=False, empty_values=(None,)
    )

    class Meta:
        model = BulkRun
        fields = ("name", "why")

    def __init__(self, *args: Any, is_done: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_done = is_done

    def render_why(self, value: str) -> str:
        """Say that it can be done or was done, or why not."""
        can = gettext("Dealt with") if self.is_done else gettext("Can be done")
        return value or can

    def value_why(self, value: str) -> str:
        """Leave the same in files."""
        return self.render_why(value)


class SavedViewTable(OrderedTable):
    """Saved filters, each with who shares it and the ways to change and delete it."""

    name = tables.Column(verbose_name=_("Saved filter"), linkify=True)
    list_title = tables.Column(
        accessor="list_name", verbose_name=_("List"), order_by="list_name"
    )
    shared = tables.Column(
        accessor="organization",
        verbose_name=_("Shared with the offices of"),
        order_by="organization__path",
        default="—",
    )
    owner = tables.Column(verbose_name=_("Saved by"), orderable=False)
    saved_at = tables.DateTimeColumn(verbose_name=_("Saved at"))
    ways = tables.TemplateColumn(
        '{% include "exchange/_saved_view_ways.html" %}',
        verbose_name=_("To do"),
        orderable=False,
        exclude_from_export=True,
    )

    class Meta:
        model = SavedView
        fields = ("name", "list_title", "shared", "owner", "saved_at", "ways")

    def __init__(self, *args: Any, managed: Container[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.managed = managed

    def render_list_title(self, value: str, record: SavedView) -> str:
        """Show what the page of the list is called."""
        view = resolve(record.path).func
        return str(getattr(getattr(view, "view_class", None), "title", "") or value)

    def value_list_title(self, value: str, record: SavedView) -> str:
        """Leave the same in files."""
        return self.render_list_title(value, record)
