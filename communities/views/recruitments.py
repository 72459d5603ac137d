"""Recruitments: the list, one of them with who applied, and the forms over it."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.election_progress import is_possible
from communities.actions.recruitments import (
    refuse_closed,
    refuse_full,
    refuse_void_recruitment,
)
from communities.actions.seats import refuse_reserves
from communities.filters import RecruitmentFilter
from communities.forms import ChangeRecruitmentForm, RecruitmentForm
from communities.models import Body, Recruitment
from communities.tables import RecruitmentTable
from communities.views.bodies import body_list_breadcrumb
from core.months import today
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import ChangeView, PermittedObjectMixin, ReasonView, RowFormView
from organizations.queries import code_items

RECRUITMENTS = _("Recruitments")


def recruitments_breadcrumb() -> Link:
    """Return the way back to the list of recruitments."""
    return Link(RECRUITMENTS, reverse("communities:recruitments"))


class RecruitmentList(UserPassesTestMixin, ListPage):
    """Recruitments of the reader's area, the latest first."""

    model = Recruitment
    table_class = RecruitmentTable
    filterset_class = RecruitmentFilter
    title = RECRUITMENTS
    empty_text = _(
        "No recruitment yet. Announce one on the page of the body whose seat is vacant."
    )

    def test_func(self) -> bool:
        return permissions.can_see_recruitments(self.request.user)

    def get_queryset(self) -> Any:
        rows = Recruitment.all_objects.visible_to(self.request.user).with_counts()
        rows = rows.select_related("kind", "body__organization")
        return rows.order_by("-announced_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [body_list_breadcrumb(), Link(RECRUITMENTS)]
        bodies = reverse("communities:bodies")
        announce = Link(_("Announce one: choose the body"), bodies, "plus-lg")
        return super().get_context_data(
            breadcrumbs=crumbs, page_actions=[announce], **kwargs
        )


class RecruitmentRows:
    """Recruitments with their body, for who keeps it."""

    model = Recruitment
    request: Any

    def get_rows(self) -> Any:
        rows = Recruitment.all_objects.visible_to(self.request.user).with_counts()
        return rows.select_related("kind", "body__kind", "body__organization")

    def has_permission(self, obj: Recruitment) -> bool:
        """Whether the reader keeps the body."""
        return permissions.can_keep_recruitment(self.request.user, obj)


class RecruitmentDetail(
    RecruitmentRows, PermittedObjectMixin[Recruitment], TemplateView
):
    """One recruitment: what one must bring, who applied, and what came of it."""

    template_name = "communities/recruitment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.get_object(), self.request.user
        keeps = permissions.can_keep_recruitment(user, row) and not row.body.is_over
        applicants = list(row.applicants.filter(voided_at=None).with_people())
        groups = dict(code_items("recruited_from"))
        return super().get_context_data(
            title=_("Recruitment: %(body)s, %(seat)s")
            % {"body": row.body.name, "seat": row.kind.name},
            recruitment=row,
            voided=row if row.voided_at else None,
            keeps=keeps and row.voided_at is None,
            is_open=is_possible(refuse_closed, row),
            takes_on=is_possible(refuse_full, row),
            applicants=[
                (one, groups.get(one.recruited_from, one.recruited_from))
                for one in applicants
            ],
            breadcrumbs=[
                body_list_breadcrumb(),
                recruitments_breadcrumb(),
                Link(row.kind.name),
            ],
            page_actions=page_actions_for(row, keeps=keeps),
            sections=[Section("", detail_rows_of(row))],
            **kwargs,
        )


def page_actions_for(row: Recruitment, *, keeps: bool) -> list[Link]:
    """Return links to what can be done now with a recruitment."""
    links: list[tuple[Any, str]] = [(_("Print the announcement"), "recruitment_paper")]
    if keeps and row.voided_at is None:
        if is_possible(refuse_closed, row):
            links.append((_("Enter an applicant"), "add_applicant"))
            links.append((_("Close …"), "close_recruitment"))
            links.append((_("Change"), "change_recruitment"))
        if is_possible(refuse_void_recruitment, row):
            links.append((_("Void …"), "void_recruitment"))
    return [
        Link(label, reverse(f"communities:{name}", args=[row.pk]))
        for label, name in links
    ]


def detail_rows_of(row: Recruitment) -> list[DetailRow]:
    """Return the details of a recruitment."""
    rows = [
        DetailRow(_("Body"), row.body, row.body.get_absolute_url()),
        DetailRow(_("Party organization"), row.body.organization),
        DetailRow(_("Seat"), row.kind),
        DetailRow(_("State"), row.state_label),
        DetailRow(
            _("Seats filled"),
            _("%(filled)s of %(seats)s")
            % {"filled": getattr(row, "taken", 0), "seats": row.seats},
        ),
        DetailRow(_("Announced on"), row.announced_on),
        DetailRow(_("Applications until (last day)"), row.apply_until),
        DetailRow(_("What one must bring"), row.conditions),
    ]
    if row.basis:
        rows.append(DetailRow(_("Document behind it"), row.basis))
    if row.closed_on:
        rows.append(DetailRow(_("Closed on"), row.closed_on))
    return rows


class RecruitmentPaper(RecruitmentDetail):
    """The announcement of a recruitment on A4, without who applied."""

    template_name = "communities/recruitment_paper.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the paper to whoever keeps the body."""
        self.get_permitted_object()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        row = context["recruitment"]
        extra = {
            "title": _("Announcement of a recruitment"),
            "back_url": row.get_absolute_url(),
            "printed_on": today(),
        }
        return {**context, **extra}


class AnnounceRecruitment(RowFormView[Body]):
    """A record keeper announces that seats of a body are filled by recruitment."""

    model = Body
    form_class = RecruitmentForm
    title = _("Announce a recruitment")
    submit_label = _("Announce")
    success_message = _("The recruitment is announced. Enter who applies on its page.")

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_keep_body(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        refuse_reserves(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = self.row.kind.seat_kinds.order_by("position", "pk")
        return {**super().get_form_kwargs(), "body": self.row, "kinds": kinds}

    def run_action(self, form: RecruitmentForm) -> str:
        row = actions.announce_recruitment(
            self.row, by=self.request.user, **form.action_values()
        )
        return row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class ChangeRecruitment(RecruitmentRows, ChangeView[Recruitment]):
    """A record keeper corrects a recruitment."""

    action = staticmethod(actions.change_recruitment)
    form_class = ChangeRecruitmentForm
    title = _("Change the recruitment")

    def refuse_beforehand(self) -> None:
        refuse_closed(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class CloseRecruitment(RecruitmentRows, ReasonView[Recruitment]):
    """A record keeper closes a recruitment."""

    read_with = ("applicants",)
    action = staticmethod(actions.close_recruitment)
    title = _("Close the recruitment")
    submit_label = _("Close the recruitment")
    success_message = _("The recruitment is closed.")
    consequence = _(
        "Nobody is entered any more, and whoever was not decided about is entered as"
        " not taken on."
    )

    def refuse_beforehand(self) -> None:
        refuse_closed(self.row)


class VoidRecruitment(RecruitmentRows, ReasonView[Recruitment]):
    """A record keeper voids a recruitment entered by mistake."""

    read_with = ("applicants",)
    action = staticmethod(actions.void_recruitment)
    title = _("Void the recruitment")
    submit_label = _("Void the recruitment")
    success_message = _("The recruitment was voided.")
    consequence = _("It stays on record with the reason, and so does who applied.")

    def refuse_beforehand(self) -> None:
        refuse_void_recruitment(self.row)
