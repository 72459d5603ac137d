"""Views of returns: the list, the form, the paper, the published bytes."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.actors import scope_of
from core.months import last_day, today
from core.web.components import ActionButton, Link
from core.web.downloads import hand_out
from core.web.list_pages import ListPage
from core.web.read_first import token_of
from organizations.unfinished_work import list_unfinished
from reports import permissions
from reports.actions import record_return_download
from reports.burden.filing_time import note_opened
from reports.enums import ReturnState
from reports.filters import ReturnFilter
from reports.models import MonthlyReturn, ReturnRound
from reports.querysets import REVIEWERS
from reports.returns.cells import ReturnCell, find_unexplained, group_cells
from reports.returns.changed_records import list_record_changes
from reports.returns.document import build_document
from reports.returns.history import list_history
from reports.returns.narrative import is_zero
from reports.returns.printing import build_heading_rows, list_units
from reports.returns.review import next_to_review
from reports.returns.submissions import (
    awaits_correction,
)
from reports.tables import ReturnTable
from reports.views.base import ReturnObjectMixin, action_button, return_title, rows_read
from reports.views.comments import SettleComment
from reports.views.submitting import SubmitReturn
from reports.workbooks.return_workbook import write_return
from sheets.write import WORKBOOK

ROUNDS_SHOWN = 12


class ReturnList(UserPassesTestMixin, ListPage):
    """The returns the person may see, below the latest rounds."""

    model = MonthlyReturn
    table_class = ReturnTable
    filterset_class = ReturnFilter
    template_name = "reports/return_list.html"
    title = _("Monthly returns")

    def test_func(self) -> bool:
        return permissions.can_see_returns(reader(self.request))

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .with_due_day()
            .select_related("organization", "round")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = reader(self.request)
        rounds = ReturnRound.objects.visible_to(user).with_progress().latest_first()
        may_open = scope_of(user).has_role(REVIEWERS)
        open_round = Link(_("Open a round"), reverse("reports:open_round"), "plus-lg")
        return super().get_context_data(
            rounds=rounds.select_related("organization")[:ROUNDS_SHOWN],
            page_actions=[open_round] if may_open else [],
            today=today(),
            **kwargs,
        )


class ReturnPage(ReturnObjectMixin):
    """The form, filled in; each number links to its rows."""

    def has_permission(self, obj: MonthlyReturn) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form with the actions open to the person."""
        row = self.get_permitted_object()
        user = reader(request)
        edits = row.is_open and permissions.can_file(user, row)
        if edits:
            note_opened(request, row)
        document = build_document(row)
        if self._may_review(row):
            _add_settle_buttons(document.cells)
        unexplained = edits and find_unexplained(document.cells)
        unready = unexplained or (edits and awaits_correction(row, document.cells))
        context = {
            "title": return_title(row),
            "return": row,
            "document": document,
            "groups": group_cells(document.cells),
            "edits": edits,
            "buttons": self._filing_buttons(row, edits=edits, ready=not unready),
            "is_zero": edits and is_zero(document.cells),
            "reviews": self._may_review(row),
            "read": token_of(rows_read(row)) if self._may_review(row) else "",
            "next_return": next_to_review(row)
            if permissions.can_review(user, row)
            else None,
            "moved": list_record_changes(row),
            "unfinished": list(list_unfinished(row.organization, row.month, user))
            if edits or self._may_review(row)
            else [],
            "published": getattr(row, "published", None),
            "unexplained": unexplained,
            "history": list_history(row),
            "may_check": permissions.can_check_published(user, row.organization),
            "page_actions": self._ways_out(row),
            "extension": row.extensions.select_related("made_by").first(),
            "extends": row.is_open and permissions.can_review(user, row),
            "may_void": row.state != ReturnState.ACCEPTED
            and permissions.can_review(user, row),
            "runs_until": last_day(row.month)
            if edits and today() < last_day(row.month)
            else None,
        }
        return render(request, "reports/return_detail.html", context)

    def _ways_out(self, row: MonthlyReturn) -> list[Link]:
        """Return the links to the return on paper and in Excel."""
        paper = Link(_("Print"), reverse("reports:paper", args=[row.pk]), "printer")
        if not permissions.can_export(reader(self.request), row.organization):
            return [paper]
        url = reverse("reports:workbook", args=[row.pk])
        return [paper, Link(_("Download as Excel"), url, "file-earmark-excel")]

    def _filing_buttons(
        self, row: MonthlyReturn, *, edits: bool, ready: bool
    ) -> list[ActionButton]:
        user = reader(self.request)
        if edits:
            if today() < last_day(row.month) or not ready:
                return []
            label, read = _("Submit to the street"), SubmitReturn.read_token(row)
            return [action_button(label, "submit", row.pk, primary=True, version=read)]
        if row.state == ReturnState.SUBMITTED and permissions.can_file(user, row):
            return [action_button(_("Withdraw"), "withdraw", row.pk)]
        return []

    def _may_review(self, row: MonthlyReturn) -> bool:
        submitted = row.state == ReturnState.SUBMITTED
        return submitted and permissions.can_review(reader(self.request), row)


def _add_settle_buttons(cells: Iterable[ReturnCell]) -> None:
    """Give each open comment the button with which the street settles it."""
    for cell in cells:
        comments: Any = cell.comments  # the button is for the template alone
        for comment in comments:
            if comment.is_open:
                comment.settle_button = action_button(
                    _("Settle it"),
                    "settle_comment",
                    comment.pk,
                    version=SettleComment.read_token(comment),
                )


class ReturnPaper(ReturnObjectMixin):
    """The return as the official form, on A4 landscape."""

    def has_permission(self, obj: MonthlyReturn) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the paper, ready to be printed."""
        row = self.get_permitted_object()
        document = build_document(row)
        cells = document.ordered_cells
        official = [cell.line for cell in cells if cell.line.official]
        context = {
            "title": row.round.form.title,
            "return": row,
            "document": document,
            "heading_rows": build_heading_rows(official, row.month),
            "unit_line": list_units(official),
            "cells": [cell for cell in cells if cell.line.official],
            "extra": [cell for cell in cells if not cell.line.official],
            "explained": [cell for cell in cells if cell.reason or cell.differs],
            "back_url": row.get_absolute_url(),
            "filled_by": document.filled_by,
            "checked_by": document.checked_by,
            "printed_on": today(),
        }
        return render(request, "reports/return_paper.html", context)


class ReturnWorkbook(ReturnObjectMixin):
    """The return as a workbook; the download is recorded."""

    def has_permission(self, obj: MonthlyReturn) -> bool:
        return permissions.can_export(reader(self.request), obj.organization)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write the workbook and return it as a file."""
        row = self.get_permitted_object()
        content = write_return(build_document(row), on=today())
        record_return_download(row, by=reader(request))
        name = f"{return_title(row)}.xlsx"
        return hand_out(content, name, content_type=WORKBOOK)


class PublishedBytes(ReturnObjectMixin):
    """The published bytes, for a program that checks them against their hash."""

    def has_permission(self, obj: MonthlyReturn) -> bool:
        return permissions.can_check_published(reader(self.request), obj.organization)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the bytes as a file."""
        row = self.get_permitted_object()
        published = getattr(row, "published", None)
        if published is None:
            raise Http404
        name = f"{row.organization.code}-{row.month:%Y-%m}.json"
        content = bytes(published.content)
        return hand_out(content, name, content_type="application/json")
