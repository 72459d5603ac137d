"""What members promise: the list, one of them, and what is decided about it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from core.months import today
from core.registries.page_sections import sections_for
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import (
    ConfirmView,
    PermittedObjectMixin,
    ReadFirstView,
    ReasonView,
)
from members import actions, permissions
from members.actions.pledges import (
    refuse_decided,
    refuse_unaccepted,
    refuse_voided_pledge,
)
from members.duplicates.merged import own_or_merged
from members.enums import PledgeState
from members.filters import PledgeFilter
from members.forms import PledgeForm, PledgeOutcomeForm, whole_year
from members.models import Member, Pledge
from members.tables import PledgeTable
from members.views.changes import CurrentMemberView
from organizations.queries import labels_of_code_list

PLEDGES = pgettext_lazy("list", "Pledges of members")
kind_in_words = labels_of_code_list("pledge_kinds")


class PledgeList(UserPassesTestMixin, ListPage):
    """What the members of the reader's area promise, the latest period first."""

    model = Pledge
    table_class = PledgeTable
    filterset_class = PledgeFilter
    title = PLEDGES
    empty_text = _(
        "No pledge yet. Members write theirs on “About me”; what they hand in on paper"
        " is entered on the page of the member."
    )

    def test_func(self) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("member", "organization")
        return rows.defer("member__id_number", "member__phone")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = Link(_("Members"), reverse("members:list"))
        return super().get_context_data(breadcrumbs=[members, Link(PLEDGES)], **kwargs)


class PledgeMixin(PermittedObjectMixin[Pledge]):
    """A page about one promise: for the member, and for who accepts it."""

    model = Pledge

    def get_rows(self) -> Any:
        rows = Pledge.all_objects.visible_to(self.request.user)
        return rows.select_related("member", "organization")

    def has_permission(self, obj: Pledge) -> bool:
        return self.is_own(obj) or permissions.can_view_members(self.request.user)

    def is_own(self, row: Pledge) -> bool:
        """Whether the reader promises it themselves, on this or a merged record."""
        return row.member.is_record_of(self.request.user)


class PledgePage(PledgeMixin, TemplateView):
    """One promise, how far it is, and beside it what records show of its period."""

    template_name = "members/pledge.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.get_permitted_object(), self.request.user
        own = self.is_own(row)
        back = Link(
            PLEDGES, reverse("members:own_pledges" if own else "members:pledges")
        )
        return super().get_context_data(
            title=_("Pledge of %(name)s") % {"name": row.member.name},
            voided=row if row.voided_at else None,
            breadcrumbs=[back, Link(row.member.name)],
            sections=[Section("", list(self._details(row)))],
            page_actions=list(self._links(row, own=own)),
            page_sections=sections_for(row, user),
            **kwargs,
        )

    def _details(self, row: Pledge) -> Iterator[DetailRow]:
        seen = Member.objects.visible_to(self.request.user).filter(pk=row.member_id)
        opens = seen.exists() and permissions.can_view_members(self.request.user)
        url = row.member.get_absolute_url() if opens else ""
        yield DetailRow(_("Member"), row.member.name, url)
        yield DetailRow(pgettext_lazy("pledge", "Made to"), row.organization)
        yield DetailRow(
            pgettext_lazy("pledge", "Kind of pledge"), kind_in_words(row.kind)
        )
        yield DetailRow(pgettext_lazy("pledge", "What is pledged"), row.text)
        if row.goal:
            yield DetailRow(pgettext_lazy("pledge", "How many"), row.goal)
        yield DetailRow(_("From"), row.starts_on)
        yield DetailRow(_("Until (last day)"), row.last_day)
        yield DetailRow(_("State"), row.get_state_display())
        if row.note:
            label = pgettext_lazy("pledge", "What to make more concrete")
            yield DetailRow(label, row.note)
        if row.settled_on is not None:
            label = pgettext_lazy("pledge", "What was done, or why it was not kept")
            yield DetailRow(label, row.outcome or "—")
            yield DetailRow(_("Outcome found on"), row.settled_on)

    def _links(self, row: Pledge, *, own: bool) -> Iterator[Link]:
        yield link_to(row, _("Print"), "pledge_sheet")
        if row.voided_at is not None:
            return
        if own:
            yield from links_of_member(row)
        if permissions.can_review_pledge(self.request.user, row):
            yield from links_of_reviewer(row)


def link_to(row: Pledge, label: Any, name: str, *, primary: bool = False) -> Link:
    """Return the link to one of the pages of a promise."""
    return Link(label, reverse(f"members:{name}", args=[row.pk]), "", primary)


def links_of_member(row: Pledge) -> Iterator[Link]:
    """Yield what the member may do with their own promise."""
    if row.can_be_changed:
        yield link_to(row, _("Change …"), "change_pledge", primary=True)
    if not row.is_open:
        again = f"{reverse('members:make_pledge')}?again={row.pk}"
        yield Link(_("Pledge again for the next year"), again, "", primary=True)


def links_of_reviewer(row: Pledge) -> Iterator[Link]:
    """Yield what the branch and the community may do with a promise."""
    if row.can_be_changed:
        yield link_to(row, _("Accept …"), "accept_pledge", primary=True)
        yield link_to(row, _("Ask for more concrete words …"), "return_pledge")
    if row.state == PledgeState.ACCEPTED:
        label = _("Record what came of it …")
        yield link_to(row, label, "settle_pledge", primary=row.is_over)
    yield link_to(row, _("Void …"), "void_pledge")


class PledgeSheet(PledgeMixin, TemplateView):
    """The sheet of what a member promises for a period, on A4 (承诺践诺书)."""

    template_name = "members/pledge_sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        same = Pledge.objects.visible_to(self.request.user).filter(
            own_or_merged([row.member.merged_into_id or row.member_id]),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        lines = [(one, kind_in_words(one.kind)) for one in same.order_by("pk")]
        return super().get_context_data(
            title=_("Pledge and its keeping"),
            pledge=row,
            lines=lines,
            back_url=row.get_absolute_url(),
            printed_on=today(),
            filled_by=row.member.name,
            **kwargs,
        )


class EnterPledge(CurrentMemberView):
    """Enter what a member promised on paper; it is accepted with that."""

    form_class = PledgeForm
    title = _("Enter a pledge")
    success_message = _("The pledge is on record and accepted.")
    compared = ()

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_pledge_for(self.request.user, obj)

    def get_initial(self) -> dict[str, Any]:
        return dict(whole_year(today().year))

    def run_action(self, form: Any) -> str:
        row = actions.make_pledge(
            self.row, by=self.request.user, is_accepted=True, **form.action_values()
        )
        return row.get_absolute_url()


class ReviewedPledge(PledgeMixin):
    """Base of what the branch or the community decides about a promise."""

    def has_permission(self, obj: Pledge) -> bool:
        return permissions.can_review_pledge(self.request.user, obj)


class AcceptPledge(ReviewedPledge, ConfirmView[Pledge]):
    """Accept what a member promises."""

    action = staticmethod(actions.accept_pledge)
    title = _("Accept the pledge")
    submit_label = _("Accept")
    success_message = _("The pledge is accepted.")
    consequence = _(
        "It is on record as pledged. When its period is over, you are asked on your"
        " desk what came of it."
    )
    danger = False

    def refuse_beforehand(self) -> None:
        refuse_decided(self.row)


class ReturnPledge(ReviewedPledge, ReasonView[Pledge]):
    """Ask the member for something more concrete."""

    action = staticmethod(actions.return_pledge)
    title = _("Ask for more concrete words")
    submit_label = _("Send back")
    success_message = _("The member is asked to write it more concretely.")
    consequence = _("The member finds it on “About me” with your words.")
    danger = False

    def refuse_beforehand(self) -> None:
        refuse_decided(self.row)


class SettlePledge(ReviewedPledge, ReadFirstView[Pledge]):
    """Record what came of a promise, beside what records show of its period."""

    template_name = "members/settle_pledge.html"
    form_class = PledgeOutcomeForm
    action = staticmethod(actions.settle_pledge)
    title = _("What came of the pledge")
    success_message = _("On record.")

    def refuse_beforehand(self) -> None:
        refuse_unaccepted(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            lead=f"{self.row} {self.row.goal}".strip(),
            page_sections=sections_for(self.row, self.request.user),
            **kwargs,
        )


class VoidPledge(ReviewedPledge, ReasonView[Pledge]):
    """Void a promise that was entered by mistake."""

    action = staticmethod(actions.void_pledge)
    title = _("Void the pledge")
    submit_label = _("Void the pledge")
    success_message = _("The pledge was voided.")
    consequence = _("It stays on record with the reason, and is on no list any more.")

    def refuse_beforehand(self) -> None:
        refuse_voided_pledge(self.row)
