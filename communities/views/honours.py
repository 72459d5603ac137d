"""Honours: the list, one of them, and the forms by which they are entered."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.election_progress import is_possible
from communities.actions.honours import refuse_void_honour
from communities.filters import HonourFilter
from communities.forms import HonourForm, MemberHonourForm
from communities.models import Honour
from communities.opinions_before import annotate_opinions, opinions_passed_over
from communities.tables import HonourTable
from communities.views.bodies import body_list_breadcrumb
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin, ReasonView, RowFormView
from members.duplicates.merged import own_or_merged
from members.models import Member, OpinionRequest
from members.sections.opinions import answer_rows
from organizations.models import Organization
from organizations.queries import labels_of_code_list

HONOURS = pgettext_lazy("list", "Honours")
BEFORE = _("Opinion asked for before")
OTHERS_BEFORE = _("Opinion asked for as well, and not referred to by the honour")
NOT_REFERRED = _("No: an opinion was asked for, and the honour does not refer to it")
ASKED = pgettext_lazy("honour", "Asked for")
level_in_words = labels_of_code_list("honour_levels")


class HonourList(UserPassesTestMixin, ListPage):
    """The honours of organizations and members of the reader's area."""

    model = Honour
    table_class = HonourTable
    filterset_class = HonourFilter
    title = HONOURS
    empty_text = _(
        "No honour yet. Enter one on the page of the organization, or on that of the"
        " member."
    )

    def test_func(self) -> bool:
        return permissions.can_see_holders(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().with_honoured()
        rows = annotate_opinions(rows, self.request.user)
        return rows.order_by("-awarded_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [body_list_breadcrumb(), Link(HONOURS)]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)


class HonourRows:
    """Honours that the reader may see."""

    model = Honour
    request: Any

    def get_rows(self) -> Any:
        return Honour.all_objects.visible_to(self.request.user).with_honoured()

    def has_permission(self, obj: Honour) -> bool:
        """Whether the reader keeps the honours of the organization."""
        return permissions.can_keep_honours(self.request.user, obj.organization)


class HonourDetail(HonourRows, PermittedObjectMixin[Honour], TemplateView):
    """One honour: who was honoured, by whom, at which level and by what."""

    template_name = "communities/honour.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_object()
        links = []
        if self.has_permission(row) and is_possible(refuse_void_honour, row):
            void = reverse("communities:void_honour", args=[row.pk])
            links.append(Link(_("Void …"), void))
        return super().get_context_data(
            title=row.name,
            voided=row if row.voided_at else None,
            breadcrumbs=[
                body_list_breadcrumb(),
                Link(HONOURS, reverse("communities:honours")),
                Link(row.name),
            ],
            page_actions=links,
            sections=[Section("", detail_rows_of(row)), *self._opinion(row)],
            **kwargs,
        )

    def _opinion(self, row: Honour) -> Iterator[Section]:
        """Yield what was asked before about the member, referred to or not."""
        if row.member_id is None:
            return
        visible = OpinionRequest.objects.visible_to(self.request.user).with_case()
        for opinion in visible.filter(pk=row.opinion_id or 0):
            yield Section(BEFORE, rows_of_opinion(opinion))
        passed_over = opinions_passed_over(row)
        seen = passed_over.visible_to(self.request.user).with_case()
        for opinion in seen:
            heading = BEFORE if row.opinion_id is None else OTHERS_BEFORE
            missing = DetailRow(_("Referred to by the honour"), NOT_REFERRED)
            yield Section(heading, [missing, *rows_of_opinion(opinion)])
        keeps = permissions.can_see_holders(self.request.user)
        if row.opinion_id is None and keeps and not seen:
            was_asked = passed_over.exists()
            words = ASKED if was_asked else _("None was asked for")
            yield Section(BEFORE, [DetailRow(_("State"), words)])


def rows_of_opinion(opinion: OpinionRequest) -> list[DetailRow]:
    """Return who was asked, what they answered, and on which record it rests."""
    place, url = opinion.case.organization, opinion.get_absolute_url()
    asked = DetailRow(_("Who is asked"), place, url)
    on = DetailRow(_("Asked on"), opinion.case.opened_on)
    facts = [DetailRow(*fact) for fact in opinion.facts]
    return [asked, on, *answer_rows(opinion), *facts]


def detail_rows_of(row: Honour) -> list[DetailRow]:
    """Return the details of an honour."""
    return [
        DetailRow(_("Who was honoured"), row.honoured),
        DetailRow(_("Party organization"), row.organization),
        DetailRow(
            pgettext_lazy("honour", "Level of the honour"), level_in_words(row.level)
        ),
        DetailRow(_("Given by"), row.issuer),
        DetailRow(_("Document of the honour"), row.document or None),
        DetailRow(_("Given on"), row.awarded_on),
    ]


class EnterHonour(RowFormView[Any]):
    """Base of the forms by which an honour is entered."""

    form_class = HonourForm
    title = _("Enter an honour")
    success_message = _("The honour is on record.")

    def run_action(self, form: HonourForm) -> str:
        honour = actions.record_honour(
            self.row, by=self.request.user, **form.action_values()
        )
        return honour.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class HonourOrganization(EnterHonour):
    """A record keeper enters an honour of an organization."""

    model = Organization

    def get_rows(self) -> Any:
        return Organization.objects.readable_by(self.request.user)

    def has_permission(self, obj: Organization) -> bool:
        return permissions.can_keep_honours(self.request.user, obj)


class HonourMember(EnterHonour):
    """A record keeper enters an honour of a member."""

    model = Member
    form_class = MemberHonourForm

    def get_rows(self) -> Any:
        return Member.objects.visible_to(self.request.user)

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_honour_member(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the opinions for which a place was asked about the member."""
        rows = OpinionRequest.objects.visible_to(self.request.user).with_case()
        opinions = rows.filter(own_or_merged([self.row.pk]), withdrawn_on=None)
        opinions = opinions.order_by("-case__opened_on", "-pk")
        return {**super().get_form_kwargs(), "opinions": opinions}


class VoidHonour(HonourRows, ReasonView[Honour]):
    """A record keeper voids an honour entered by mistake."""

    action = staticmethod(actions.void_honour)
    title = _("Void the honour")
    submit_label = _("Void the honour")
    success_message = _("The honour was voided.")
    consequence = _("It stays on record with the reason, and is on no list any more.")

    def refuse_beforehand(self) -> None:
        refuse_void_honour(self.row)
