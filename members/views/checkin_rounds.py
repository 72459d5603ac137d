"""Rounds of checking in: the list, a round with its funnel, and the people."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.dates import format_day
from core.web.components import DetailRow, Link, Section, parse_key
from core.web.exports import ExportedPage
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin
from exchange.models import Document
from members import permissions
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

ROUNDS = _("Rounds of checking in")
BY_STREET = _("Rounds by street")


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
        return permissions.can_view_rounds(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("organization", "document")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = [Link(BY_STREET, reverse("members:rounds_by_street"), "bar-chart")]
        if permissions.can_open_round(self.request.user):
            url = reverse("members:open_round")
            links.append(
                Link(_("Open a round of checking in"), url, "plus-lg", primary=True)
            )
        above = []
        if permissions.can_view_members(self.request.user):
            above = [Link(_("Members"), reverse("members:list"))]
        return super().get_context_data(
            page_actions=links, breadcrumbs=[*above, Link(ROUNDS)], **kwargs
        )


class RoundMixin(PermittedObjectMixin[CheckInRound]):
    """A page about one round, voided ones included."""

    model = CheckInRound

    def get_rows(self) -> Any:
        rows = CheckInRound.all_objects.visible_to(self.request.user)
        return rows.select_related("organization", "document")

    def has_permission(self, obj: CheckInRound) -> bool:
        return permissions.can_view_rounds(self.request.user)


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
        empty = _("No in-service member is known to live in your area.")
        context = super().get_context_data(
            title=row.title,
            voided=row if row.voided_at else None,
            round=row,
            by_unit=self.by_unit,
            sections=[Section("", list(self._details(row)))],
            page_actions=list(self._links(row)),
            breadcrumbs=[rounds_breadcrumb(), Link(row.title)],
            empty_text=_not_begun(row) if row.has_not_begun else empty,
            **kwargs,
        )
        chart = None if row.has_not_begun else _chart(row, self.whole)
        return {**context, "chart": chart, "opens": self.whole.opens}

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


def _not_begun(row: CheckInRound) -> str:
    """Return a sentence about a round whose first day is still to come."""
    words = {"day": format_day(row.starts_on)}
    return gettext("The round begins on %(day)s. Nobody is counted before.") % words


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
                "urls": [whole.url_of(step.key) or "" for step in steps],
            }
        ],
    }


class RoundPeople(RoundMixin, ExportedPage, SingleTableMixin, TemplateView):
    """The people behind a number of a round, by name."""

    template_name = "core/list_page.html"
    table_class = RoundPeopleTable
    paginate_by = 50

    def has_permission(self, obj: CheckInRound) -> bool:
        """Names are for those who keep members; the city reads numbers alone."""
        return permissions.can_view_members(self.request.user)

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
