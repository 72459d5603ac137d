"""The page of a large decision: how far it is, what it changes, and its buttons."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from core.web.components import ActionButton, Link
from core.web.views import ActionView, PermittedObjectMixin, ReadActionView
from exchange import actions
from exchange.models import OrderedDecision
from exchange.views.jobs import is_fragment_request


class OwnDecision(PermittedObjectMixin[OrderedDecision]):
    """A page about one's own large decision."""

    model = OrderedDecision

    def get_rows(self) -> Any:
        return super().get_rows().select_related("job", "owner")

    def has_permission(self, obj: OrderedDecision) -> bool:
        return True  # one's own; whether it may still be done is asked when it is


class DecisionPage(OwnDecision, TemplateView):
    """How far a large decision is; what it would change, before it is carried out."""

    template_name = "exchange/decision.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = self.get_permitted_object()
        return super().get_context_data(
            title=order.title,
            order=order,
            preview=preview_of(order),
            buttons=buttons_of(order),
            breadcrumbs=[Link(order.title)],
            job=order.job,
            progress_url=reverse("exchange:decision_progress", args=[order.pk]),
            **kwargs,
        )


class DecisionProgress(OwnDecision):
    """How far the worker is, as a fragment; once it has ended the page loads anew."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the fragment."""
        order = self.get_permitted_object()
        if not is_fragment_request(request):
            return redirect(order)
        if not order.is_worked_on:
            return HttpResponse(headers={"HX-Refresh": "true"})
        url = reverse("exchange:decision_progress", args=[order.pk])
        context = {"job": order.job, "progress_url": url}
        return render(request, "core/_progress.html", context)


def preview_of(order: OrderedDecision) -> dict[str, Any] | None:
    """Return what would change, while it can still be carried out."""
    if order.shown is None or order.is_worked_on:
        return None
    months = [
        {**one, "month": dt.date.fromisoformat(one["month"])}
        for one in order.shown["months"]
    ]
    return {**order.shown, "months": months}


def buttons_of(order: OrderedDecision) -> list[ActionButton]:
    """Return what can be done now with a large decision."""
    if not order.is_open or order.is_worked_on:
        return []

    def button(label: Any, name: str, **options: Any) -> ActionButton:
        return ActionButton(
            label, reverse(f"exchange:{name}", args=[order.pk]), **options
        )

    found = [button(_("Give it up"), "drop_decision", danger=True)]
    if order.shown is None or order.is_refused:
        return [button(_("Look anew"), "look_again", primary=True), *found]
    version = ConfirmDecision.read_token(order)
    confirm = button(
        _("Carry it out"), "confirm_decision", primary=True, version=version
    )
    return [confirm, *found]


class ConfirmDecision(OwnDecision, ReadActionView[OrderedDecision]):
    """Let a worker carry out what the page showed."""

    success_message = _("It is being carried out. You may leave this page.")

    def run_action(self, obj: OrderedDecision) -> None:
        actions.confirm_decision(obj, by=reader(self.request))


class LookAgain(OwnDecision, ActionView[OrderedDecision]):
    """Let a worker work out anew what would change."""

    success_message = _("What changes is being worked out anew.")

    def run_action(self, obj: OrderedDecision) -> None:
        actions.look_again(obj, by=reader(self.request))


class DropDecision(OwnDecision, ActionView[OrderedDecision]):
    """Give a large decision up; nothing was changed."""

    success_message = _("It was given up. Nothing was changed.")

    def run_action(self, obj: OrderedDecision) -> None:
        actions.drop_decision(obj, by=reader(self.request))
