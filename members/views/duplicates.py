"""Records that may be one person's: the list, side by side, merging and undoing it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from accounts.models import AuditEntry
from core.audit.presentation import present_entries
from core.web.components import Link
from core.web.forms import KeyedForm
from core.web.list_pages import ListPage
from core.web.views import ActionFormView, PermittedObjectMixin, ReasonView
from members import actions, permissions
from members.actions import record_look
from members.actions.overtaken import tell_recorded
from members.duplicates.compared import ComparedRow, compare_records
from members.ends.dated_records import dated_records
from members.enums import PairState
from members.filters import DuplicateFilter
from members.models import DuplicatePair, Member
from members.tables import DuplicateTable
from organizations.models import Organization
from organizations.queries import street_above


def describe_rows(member: Member) -> str:
    """Return how much hangs on a record: what was written on single days, by kind."""
    counts: dict[str, int] = {}
    for kind in dated_records:
        rows = kind.rows().filter(**{kind.owner: member.pk})
        if count := rows.order_by().count():
            name = str(rows.model._meta.verbose_name)
            counts[name] = counts.get(name, 0) + count
    return "、".join(f"{name} {count}" for name, count in counts.items()) or "—"


def describe_record(member: Member) -> str:
    """Return in words which of two records is meant, where they are much alike.

    Numbers stand on the page of the pair alone, where looking at them is recorded.
    """
    values = {
        "number": member.pk,
        "name": member.choice_label,
        "joined": member.joined or "—",
        "rows": describe_rows(member),
    }
    words = _("no. %(number)s %(name)s (joined %(joined)s; %(rows)s)")
    return str(words) % values


class DuplicateList(UserPassesTestMixin, ListPage):
    """Pairs of records of which the reader keeps both."""

    model = DuplicatePair
    table_class = DuplicateTable
    filterset_class = DuplicateFilter
    template_name = "members/duplicate_list.html"
    title = _("Records that may be one person's")
    empty_text = _("No two records here are alike.")

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def get_queryset(self) -> Any:
        related = ("organization", "community")
        names = [f"{side}__{name}" for side in ("first", "second") for name in related]
        return super().get_queryset().select_related("first", "second", *names)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scan = Link(_("Search the register now"), reverse("members:scan"), primary=True)
        return super().get_context_data(
            page_actions=[scan], elsewhere=list(self._elsewhere()), **kwargs
        )

    def _elsewhere(self) -> Iterator[tuple[Member, Organization | None]]:
        """Yield own members alike somebody of another place, with that street."""
        user = reader(self.request)
        rows = DuplicatePair.objects.reaching_out(user).select_related(
            "first__organization", "second__organization"
        )
        for pair in rows.select_related("first__community", "second__community")[:50]:
            own, other = pair.first, pair.second
            if not permissions.can_change(user, own):
                own, other = other, own
            place = other.organization or other.community
            yield own, street_above(place) if place is not None else None


class ScanRegister(UserPassesTestMixin, ActionFormView):
    """Ask for the search of the whole register, which runs in the background."""

    template_name = "core/confirm_action.html"
    form_class = KeyedForm
    title = _("Search for duplicates")
    submit_label = _("Search the register")
    success_message = _("The search is under way.")

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            question=_("Search all records for people who were entered twice?"),
            consequence=_(
                "Nothing is changed: pairs that are alike are listed, and you decide."
                " The search runs every night by itself as well."
            ),
            cancel_url=reverse("members:duplicates"),
            **kwargs,
        )

    def run_action(self, form: Any) -> str:
        return actions.ask_for_scan(by=reader(self.request)).get_absolute_url()


class PairPage(PermittedObjectMixin[DuplicatePair], TemplateView):
    """Two records side by side, and what can be decided about them."""

    model = DuplicatePair
    template_name = "members/duplicate_pair.html"

    def get_rows(self) -> Any:
        return super().get_rows().select_related("first", "second")

    def has_permission(self, obj: DuplicatePair) -> bool:
        return permissions.can_admit(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pair = self.get_permitted_object()
        user = reader(self.request)
        for member in (pair.first, pair.second):
            record_look(member, by=user)
        may = permissions.can_settle_pair(user, pair)
        words = _("Meetings, hours, grades and the like")
        on_record = ComparedRow(
            words, describe_rows(pair.first), describe_rows(pair.second)
        )
        entries = AuditEntry.objects.about(pair).select_related("actor").order_by("pk")
        return super().get_context_data(
            title=pair.first.name,
            pair=pair,
            rows=[*compare_records(pair.first, pair.second), on_record],
            may_settle=may and pair.state == PairState.OPEN,
            may_open=may and pair.state == PairState.APART,
            history=present_entries(entries),
            breadcrumbs=[
                Link(DuplicateList.title, reverse("members:duplicates")),
                Link(str(pair)),
            ],
            **kwargs,
        )


class SettlePair(ReasonView[DuplicatePair]):
    """Base of what is decided about two records, by who keeps both.

    A page that another window has overtaken says what was decided there, and by whom.
    """

    model = DuplicatePair
    settles = PairState.OPEN

    def get_rows(self) -> Any:
        return super().get_rows().select_related("first", "second")

    def has_permission(self, obj: DuplicatePair) -> bool:
        return permissions.can_settle_pair(self.request.user, obj)

    def shown_rows(self, row: DuplicatePair) -> list[Model]:
        return [row, row.first, row.second]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        pair = self.get_permitted_object()
        if pair.state != self.settles:
            what = gettext("these two records are “%(state)s”")
            words = what % {"state": pair.get_state_display()}
            refusal = tell_recorded(pair, words, by=reader(request))
            messages.error(request, str(refusal))
            return HttpResponseRedirect(pair.get_absolute_url())
        return super().dispatch(request, *args, **kwargs)


class CompareAgain(SettlePair):
    """Two records that were told apart by mistake are compared again."""

    settles = PairState.APART
    action = staticmethod(actions.compare_again)
    title = _("Compare again")
    submit_label = _("Compare again")
    success_message = _("The two are open again: decide what they are.")
    consequence = _(
        "What was decided before stays in the history, with its reason and yours."
    )
    danger = False


class KeepApart(SettlePair):
    """Two records are of two people."""

    action = staticmethod(actions.keep_apart)
    title = _("These are two people")
    submit_label = _("Two people")
    success_message = _("Noted. The search will not ask about these two again.")
    consequence = _("Both records stay as they are.")
    danger = False

    def get_success_url(self) -> str:
        return reverse("members:duplicates")


class MergeRecords(SettlePair):
    """Merge the other record into the one that is kept."""

    title = _("Merge two records")
    submit_label = _("Merge")
    success_message = _("The records were merged. Everything is found under this one.")
    consequence = _(
        "The other record stays to be looked up and counts no more. Its past is shown"
        " with the record that is kept; its check-in, claims and account follow."
        " Closed months keep what they published, the first open one is adjusted. It"
        " can be undone."
    )

    def sides(self) -> tuple[Member, Member]:
        """Return the record that stays and the one that goes."""
        pair = self.row
        if self.kwargs["keep"] == "second":
            return pair.second, pair.first
        return pair.first, pair.second

    def refuse_beforehand(self) -> None:
        actions.refuse_merge(*self.sides())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept, other = self.sides()
        question = _("Keep %(kept)s, merge %(other)s into it") % {
            "kept": describe_record(kept),
            "other": describe_record(other),
        }
        return super().get_context_data(question=question, **kwargs)

    def run_action(self, form: Any) -> str:
        kept, other = self.sides()
        actions.merge_members(
            kept, other, reason=form.cleaned_data["reason"], by=reader(self.request)
        )
        return kept.get_absolute_url()


class UndoMerge(ReasonView[Member]):
    """Let a merged record stand for itself again."""

    model = Member
    action = staticmethod(actions.undo_merge)
    title = _("Undo the merging")
    submit_label = _("Undo the merging")
    success_message = _("Both records stand for themselves again.")
    consequence = _(
        "What followed from this record goes back to it. Closed months stay as they"
        " are; from the first open one on both count again."
    )

    def get_rows(self) -> Any:
        return Member.all_objects.visible_with_voided(self.request.user)

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_undo_merge(self.request.user, obj)

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        member = self.get_permitted_object()
        if member.merged_into_id is None:
            refusal = tell_recorded(
                member, gettext("the merging was undone"), by=reader(request)
            )
            messages.error(request, str(refusal))
            return HttpResponseRedirect(member.get_absolute_url())
        return super().dispatch(request, *args, **kwargs)
