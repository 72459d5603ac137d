"""Rounds of checking in: the list, a round with its funnel, the people, the slip."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.web.components import DetailRow, Link, Section, parse_key
from core.web.exports import ExportedPage
from core.web.list_pages import ListPage
from core.web.views import (
    ActionFormView,
    ChangeView,
    PermittedObjectMixin,
    ReasonView,
)
from exchange.models import Document
from members import actions, permissions
from members.actions.checkin_rounds import refuse_voided_round
from members.forms import OpenRoundForm, RoundForm
from members.funnels import (
    LIVING,
    FunnelLine,
    FunnelStep,
    Resident,
    build_funnel,
    find_residents,
    funnel_steps,
    take_steps,
)
from members.models import CheckInRound, Member
from members.tables import FunnelTable, RoundPeopleTable, RoundTable
from organizations.models import Organization
from organizations.roles import Role

ROUNDS = _("Rounds of checking in")


def rounds_breadcrumb() -> Link:
    """Return the breadcrumb that leads to the list of rounds."""
    return Link(ROUNDS, reverse("members:check_in_rounds"))


class RoundList(UserPassesTestMixin, ListPage):
    """The rounds of the reader's streets, the latest first."""

    model = CheckInRound
    table_class = RoundTable
    title = ROUNDS
    filterset_fields: tuple[str, ...] = ()
    empty_text = _(
        "No round of checking in yet. The street opens one with the document on which"
        " it rests; check-ins of its days belong to it."
    )

    def test_func(self) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("organization", "document")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = []
        if permissions.can_open_round(self.request.user):
            url = reverse("members:open_round")
            links.append(
                Link(_("Open a round of checking in"), url, "plus-lg", primary=True)
            )
        return super().get_context_data(
            page_actions=links,
            breadcrumbs=[Link(_("Members"), reverse("members:list")), Link(ROUNDS)],
            **kwargs,
        )


class RoundMixin(PermittedObjectMixin[CheckInRound]):
    """A page about one round, voided ones included."""

    model = CheckInRound

    def get_rows(self) -> Any:
        rows = CheckInRound.all_objects.visible_to(self.request.user)
        return rows.select_related("organization", "document")

    def has_permission(self, obj: CheckInRound) -> bool:
        return permissions.can_view_members(self.request.user)


class RoundPage(RoundMixin, ExportedPage, SingleTableMixin, TemplateView):
    """A round: its document, and who lives here, checked in, pledged and served."""

    template_name = "members/check_in_round.html"
    table_class = FunnelTable
    paginate_by = 50

    @property
    def by_unit(self) -> bool:
        """Whether the lines are units instead of communities."""
        return self.request.GET.get("by") == "unit"

    def get_table_data(self) -> list[FunnelLine]:
        lines, whole = build_funnel(
            self.get_permitted_object(), reader(self.request), by_unit=self.by_unit
        )
        self.whole = whole
        return [*lines, whole] if len(lines) > 1 else lines

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        context = super().get_context_data(
            title=row.title,
            voided=row if row.voided_at else None,
            round=row,
            by_unit=self.by_unit,
            sections=[Section("", list(self._details(row)))],
            page_actions=list(self._links(row)),
            breadcrumbs=[rounds_breadcrumb(), Link(row.title)],
            empty_text=_("No in-service member is known to live in your area."),
            **kwargs,
        )
        return {**context, "chart": _chart(row, self.whole)}

    def _details(self, row: CheckInRound) -> Iterator[DetailRow]:
        yield DetailRow(_("Street"), row.organization)
        seen = Document.objects.visible_to(self.request.user)
        document = row.document
        opens = document is not None and seen.filter(pk=document.pk).exists()
        url = document.get_absolute_url() if document is not None and opens else ""
        yield DetailRow(_("Document it rests on"), row.basis_text, url)
        yield DetailRow(_("From"), row.starts_on)
        yield DetailRow(_("Until (last day)"), row.last_day)
        yield DetailRow(_("What is expected"), row.expected or "—")

    def _links(self, row: CheckInRound) -> Iterator[Link]:
        keeps = permissions.can_keep_round(self.request.user, row)
        if row.voided_at is None and keeps:
            for label, name in (
                (_("Correct"), "change_round"),
                (_("Void …"), "void_round"),
            ):
                yield Link(label, reverse(f"members:{name}", args=[row.pk]))


def _chart(row: CheckInRound, whole: FunnelLine) -> dict[str, Any]:
    """Return the steps of everybody together as bars that open to the people."""
    steps = list(funnel_steps)
    return {
        "title": row.title,
        "unit": str(_("people")),
        "kind": "bar",
        "labels": [str(step.label) for step in steps],
        "series": [
            {
                "name": row.title,
                "values": [whole.counts[step.key] for step in steps],
                "urls": [whole.url_of(step.key) for step in steps],
            }
        ],
    }


class RoundPeople(RoundMixin, ExportedPage, SingleTableMixin, TemplateView):
    """The people behind a number of a round, by name."""

    template_name = "core/list_page.html"
    table_class = RoundPeopleTable
    paginate_by = 50

    @cached_property
    def found(self) -> tuple[list[Resident], dict[str, set[int]]]:
        """Who lives in the street, and who of them took which step."""
        row = self.get_permitted_object()
        residents = find_residents(row, reader(self.request))
        return residents, take_steps(row, residents)

    @property
    def step(self) -> FunnelStep:
        """The step whose people are asked for; another one is 404."""
        key = self.request.GET.get("step", LIVING)
        if key not in funnel_steps:
            raise Http404
        return funnel_steps.get(key)

    def get_table_data(self) -> Any:
        residents, taken = self.found
        for name in {"community", "unit"} & {*self.request.GET}:
            key = parse_key(self.request.GET[name])
            residents = [one for one in residents if getattr(one, name) == key]
        keys = {one.key for one in residents} & taken[self.step.key]
        rows = Member.objects.filter(pk__in=keys)
        rows = rows.select_related("employer", "community")
        return rows.defer("id_number", "phone").order_by("sort_key", "pk")

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"taken": self.found[1]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        step = self.step
        return super().get_context_data(
            title=f"{row.title}：{step.label}",
            empty_text=_("Nobody took this step in your area."),
            breadcrumbs=[
                rounds_breadcrumb(),
                Link(row.title, row.get_absolute_url()),
                Link(step.label),
            ],
            **kwargs,
        )


class RoundFormMixin:
    """What the forms of a round offer: the documents that the reader may see."""

    form_class: Any = RoundForm
    request: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        documents = Document.objects.visible_to(self.request.user).not_over()
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc] # a form view
        return {**kwargs, "documents": documents.order_by("-starts_on", "-pk")}


class OpenRound(RoundFormMixin, UserPassesTestMixin, ActionFormView):
    """Street staff open a round of checking in."""

    form_class = OpenRoundForm
    title = _("Open a round of checking in")
    submit_label = _("Open the round of checking in")
    success_message = _("The round is open. Check-ins of its days belong to it.")

    def test_func(self) -> bool:
        return permissions.can_open_round(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the streets for which the reader works: one is chosen, none guessed."""
        rows = Organization.objects.in_scope_of(self.request.user, {Role.STREET_STAFF})
        streets = rows.streets().open().order_by("path")
        return {**super().get_form_kwargs(), "streets": streets}

    def run_action(self, form: Any) -> str:
        values = form.action_values()
        street = values.pop("organization")
        row = actions.open_round(street, by=self.request.user, **values)
        return row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            cancel_url=reverse("members:check_in_rounds"), **kwargs
        )


class KeptRound(RoundMixin):
    """Base of what the street does with its round."""

    def has_permission(self, obj: CheckInRound) -> bool:
        return permissions.can_keep_round(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        """Refuse a round that was voided."""
        refuse_voided_round(self.row)  # type: ignore[attr-defined] # of form views


class ChangeRound(RoundFormMixin, KeptRound, ChangeView[CheckInRound]):
    """Correct a round."""

    title = _("Correct the round")

    def run_action(self, form: Any) -> None:
        actions.change_round(self.row, by=self.request.user, **form.action_values())


class VoidRound(KeptRound, ReasonView[CheckInRound]):
    """Void a round that was opened by mistake."""

    action = staticmethod(actions.void_round)
    title = _("Void the round")
    submit_label = _("Void the round")
    success_message = _("The round was voided.")
    consequence = _("It stays on record with the reason. Check-ins stay as they are.")
