"""Returns: the list, the filled-in form, the paper, the published bytes."""

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
from core.web.views import ListPage
from reports import permissions
from reports.enums import ReturnState
from reports.filters import ReturnFilter
from reports.models import MonthlyReturn, ReturnRound
from reports.querysets import REVIEWERS
from reports.returns.cells import cells_of, grouped
from reports.returns.printing import adding_up, arranged, heading_rows
from reports.tables import ReturnTable
from reports.views.shapes import OverReturn, title_of, verb

ROUNDS_SHOWN = 12


class ReturnList(UserPassesTestMixin, ListPage):
    """The reader's returns; above them, for the street, the rounds under way."""

    model = MonthlyReturn
    table_class = ReturnTable
    filterset_class = ReturnFilter
    template_name = "reports/return_list.html"
    title = _("Monthly returns")

    def test_func(self) -> bool:
        return permissions.can_see_returns(reader(self.request))

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("organization", "round")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = reader(self.request)
        rounds = ReturnRound.objects.visible_to(user).with_progress().latest_first()
        opens = scope_of(user).holds(REVIEWERS)
        new = Link(_("Open a round"), reverse("reports:open_round"), "plus-lg")
        return super().get_context_data(
            rounds=rounds.select_related("organization")[:ROUNDS_SHOWN],
            page_actions=[new] if opens else [],
            today=today(),
            **kwargs,
        )


class ReturnPage(OverReturn):
    """The form, already filled in; each number leads to its rows."""

    def has_permission(self, obj: MonthlyReturn) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form with what the reader may do to it."""
        row = self.get_permitted_object()
        user = reader(request)
        paper = Link(_("Print"), reverse("reports:paper", args=[row.pk]), "printer")
        edits = row.is_open and permissions.can_file(user, row)
        context = {
            "title": title_of(row),
            "return": row,
            "groups": grouped(cells_of(row)),
            "edits": edits,
            "buttons": self._filing(row, edits=edits),
            "reviews": self._reviews(row),
            "published": getattr(row, "published", None),
            "page_actions": [paper],
            "runs_until": last_day(row.month)
            if edits and today() <= last_day(row.month)
            else None,
        }
        return render(request, "reports/return_detail.html", context)

    def _filing(self, row: MonthlyReturn, *, edits: bool) -> list[ActionButton]:
        user = reader(self.request)
        if edits:
            if today() < last_day(row.month):
                return []
            return [verb(_("Submit to the street"), "submit", row.pk, primary=True)]
        if row.state == ReturnState.SUBMITTED and permissions.can_file(user, row):
            return [verb(_("Withdraw"), "withdraw", row.pk)]
        return []

    def _reviews(self, row: MonthlyReturn) -> bool:
        waits = row.state == ReturnState.SUBMITTED
        return waits and permissions.can_review(reader(self.request), row)


class ReturnPaper(OverReturn):
    """The return as the official sheet, on A4 across."""

    def has_permission(self, obj: MonthlyReturn) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the sheet, ready to be printed."""
        row = self.get_permitted_object()
        cells = {cell.line.pk: cell for cell in cells_of(row)}
        lines = arranged(cell.line for cell in cells.values())
        official = [line for line in lines if line.official]
        said = {c.line.indicator: (c.label, c.reported) for c in cells.values()}
        context = {
            "title": row.round.form.title,
            "return": row,
            "heading_rows": heading_rows(official, row.month),
            "cells": [cells[line.pk] for line in official],
            "extra": [cells[line.pk] for line in lines if not line.official],
            "adding_up": adding_up(said),
            "explained": [cell for cell in cells.values() if cell.reason],
            "back_url": row.get_absolute_url(),
            "filled_by": row.submitted_by or "",
            "checked_by": row.decided_by or "",
            "printed_on": today(),
        }
        return render(request, "reports/return_paper.html", context)


class PublishedBytes(OverReturn):
    """What was published, bit for bit, to be checked against its hash."""

    def has_permission(self, obj: MonthlyReturn) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand the bytes out as a file."""
        row = self.get_permitted_object()
        published = getattr(row, "published", None)
        if published is None:
            raise Http404
        name = f"{row.organization.code}-{row.month:%Y-%m}.json"
        return HttpResponse(
            bytes(published.content),
            content_type="application/json",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "X-Content-Type-Options": "nosniff",
            },
        )
