"""Views of rounds: open one, see who has submitted, remind the others."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.dates import format_month
from core.months import month_of, today
from core.web.components import Link
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.read_first import overtaken_keys, tokens_of_each
from core.web.views import (
    ActionFormView,
    ActionView,
    ConfirmView,
    PermittedObjectMixin,
)
from organizations.models import Organization
from organizations.unfinished_work import list_unfinished
from reports import actions, permissions
from reports.enums import ReturnState
from reports.forms import AcceptTogetherForm, RoundForm
from reports.models import ReturnRound
from reports.querysets import REVIEWERS
from reports.returns.lateness import list_lateness
from reports.returns.review import review_round
from reports.views.base import action_button, rows_read


class OpenRound(UserPassesTestMixin, ActionFormView):
    """Open a month's returns for a street."""

    form_class = RoundForm
    title = _("Open a round")
    submit_label = _("Open the round")
    success_message = _("The round is open; each community has its return.")

    def test_func(self) -> bool:
        return bool(self.get_streets().exists())

    def get_streets(self) -> Any:
        """Return the streets whose rounds the person may open."""
        paths = reader(self.request).scope().paths(REVIEWERS)
        return Organization.objects.streets().open().filter(path__in=paths)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "streets": self.get_streets()}

    def get_initial(self) -> dict[str, Any]:
        return {"month": month_of(today()), "organization": self.get_streets().first()}

    def run_action(self, form: Any) -> str:
        row = actions.open_round(
            form.cleaned_data["organization"],
            form.cleaned_data["month"],
            by=reader(self.request),
        )
        return row.get_absolute_url()


class RoundPage(PermittedObjectMixin[ReturnRound]):
    """One round: each community with the state of its return."""

    model = ReturnRound

    def get_rows(self) -> Any:
        rows = ReturnRound.objects.visible_to(self.request.user)
        return rows.with_progress().select_related("organization", "form")

    def has_permission(self, obj: ReturnRound) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show who has submitted and who is late."""
        row: Any = self.get_permitted_object()
        collects = permissions.can_collect(reader(request), row.organization)
        may_remind = row.submitted < row.expected and permissions.can_remind(
            reader(request), row
        )
        month = format_month(row.month)
        remind = action_button(_("Remind all who have not submitted"), "remind", row.pk)
        url = reverse("reports:calls", args=[row.pk])
        calls = Link(_("Call list"), url, "people")
        context = {
            "title": f"{row.organization.name} {month} {row.form.title}",
            "round": row,
            "reviewed": review_round(row, reader(request)),
            "reviews": collects and row.submitted > row.accepted,
            "is_over": today() > row.due_on,
            "year": list_lateness(row) if collects else None,
            "buttons": [remind] if may_remind else [],
            "page_actions": [calls] if may_remind else [],
        }
        return render(request, "reports/round_detail.html", context)


class AcceptTogether(ConfirmView[ReturnRound]):
    """Accept the returns of a round that are ticked; the clean ones are ticked."""

    model = ReturnRound
    form_class = AcceptTogetherForm
    title = _("Accept together")
    submit_label = _("Accept and publish what is ticked")
    danger = False

    def get_rows(self) -> Any:
        rows = ReturnRound.objects.visible_to(self.request.user)
        return rows.select_related("organization", "form")

    def has_permission(self, obj: ReturnRound) -> bool:
        return permissions.can_collect(reader(self.request), obj.organization)

    def get_form_kwargs(self) -> dict[str, Any]:
        reviewed = review_round(self.row, reader(self.request))
        return {**super().get_form_kwargs(), "reviewed": reviewed}

    def read_token(self, row: ReturnRound) -> str:
        return tokens_of_each(self._submitted(row))

    def was_read(self, row: ReturnRound, form: Any) -> bool:
        """Whether what is ticked is what the list showed.

        What becomes of the other returns meanwhile does not matter.
        """
        ticked = {one.pk for one in form.cleaned_data.get("returns", ())}
        token = form.data.get(form.add_prefix(VERSION_TOKEN), "")
        return not ticked & overtaken_keys(token, self._submitted(row))

    def check_version(self, form: Any) -> None:
        ticked = form.cleaned_data["returns"]
        list(ticked.select_for_update(of=("self",)).order_by("pk"))
        super().check_version(form)

    def _submitted(self, row: ReturnRound) -> dict[int, list[Model]]:
        submitted = row.returns.filter(state=ReturnState.SUBMITTED)
        rows = submitted.prefetch_related("lines", "comments").order_by("pk")
        return {one.pk: rows_read(one) for one in rows}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not context["form"].fields["returns"].marks:
            words = _("No submitted return can be accepted now.")
            return {**context, "consequence": words, "impossible": True}
        consequence = gettext(
            "What is ticked is published as it is, and the month is closed for those"
            " communities. This cannot be undone: later facts count in the first month"
            " still open. Read the returns that have something to look at before you"
            " tick them."
        )
        user, street = reader(self.request), self.row.organization
        unfinished = list(list_unfinished(street, self.row.month, user))
        if unfinished:
            listed = gettext(
                "Still under way, and counting in a later month then: %(list)s."
            )
            texts = "；".join(str(one.text) for one in unfinished)
            consequence = f"{consequence} {listed % {'list': texts}}"
        return {**context, "consequence": consequence}

    def run_action(self, form: Any) -> None:
        rows = list(form.cleaned_data["returns"])
        outcome = actions.accept_returns(rows, by=reader(self.request))
        for refusal in outcome.refusals:
            messages.error(self.request, refusal)
        if outcome.accepted:
            words = ngettext(
                "%(count)d return was accepted and published.",
                "%(count)d returns were accepted and published.",
                outcome.accepted,
            )
            messages.success(self.request, words % {"count": outcome.accepted})

    def show_result(self, location: str) -> HttpResponse:
        """Go back to the round; what became of each return is said already."""
        return HttpResponseRedirect(location)


class Remind(ActionView[ReturnRound]):
    """Remind every community that has not submitted."""

    model = ReturnRound
    success_message = _("Everyone who has not submitted was reminded.")

    def get_rows(self) -> Any:
        rows = ReturnRound.objects.visible_to(self.request.user)
        return rows.select_related("organization")

    def has_permission(self, obj: ReturnRound) -> bool:
        return permissions.can_remind(reader(self.request), obj)

    def run_action(self, obj: ReturnRound) -> None:
        actions.remind(obj, by=reader(self.request))
