"""The list of transfers, and the page of each with the steps that are open."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.queries import describe_steps
from core.actors import Actor
from core.dates import format_month
from core.months import today
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin
from members import permissions
from members.enums import Direction, TransferState, TransferStep
from members.filters import TransferFilter
from members.lost_contacts.marks import marked_name, with_search_state
from members.models import Member, Transfer
from members.tables import TransferTable
from members.transfers.whereabouts import (
    RELATED,
    describe_whereabouts,
    list_next_steps,
)
from organizations.queries import code_items, labels_of_code_list

cause_in_words = labels_of_code_list("transfer_causes")


@dataclass(frozen=True, slots=True)
class CauseRow:
    """How many transfers of one cause were received in a year, each way."""

    label: str
    leaving: int
    leaving_url: str
    coming: int
    coming_url: str


def count_by_cause(user: Actor, year: int) -> Iterator[CauseRow]:
    """Yield how many transfers were received in a year from here and to here."""
    leaving = Transfer.objects.leaving(user).counted_by_cause(year)
    coming = Transfer.objects.coming(user).counted_by_cause(year)
    for code, label in code_items("transfer_causes"):
        found = {Direction.OUT: leaving.get(code, 0), Direction.IN: coming.get(code, 0)}
        if any(found.values()):
            urls = {
                way: f"{reverse('members:transfers')}?{urlencode(query)}"
                for way in found
                for query in [
                    {"stage": "received", "way": way, "cause": code, "year": year}
                ]
            }
            yield CauseRow(
                label,
                found[Direction.OUT],
                urls[Direction.OUT],
                found[Direction.IN],
                urls[Direction.IN],
            )


class TransferList(UserPassesTestMixin, ListPage):
    """Transfers from the reader's area and to it, the latest first."""

    model = Transfer
    table_class = TransferTable
    filterset_class = TransferFilter
    title = _("Transfers of affiliation")
    empty_text = _("There is no such transfer. A letter begins on a member's page.")
    template_name = "members/transfer_list.html"

    def test_func(self) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related(*RELATED)
        return with_search_state(rows, "member")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        link = Link(_("Record a letter from outside"), reverse("members:record_letter"))
        may_record = permissions.can_record_letter(self.request.user)
        return super().get_context_data(
            page_actions=[link] if may_record else [],
            year=today().year,
            causes=list(count_by_cause(self.request.user, today().year)),
            **kwargs,
        )


def _letter_rows(
    transfer: Transfer, member_url: str, others: str
) -> Iterator[DetailRow]:
    """What the letter says."""
    yield DetailRow(_("Name"), transfer.name, member_url)
    if (member := transfer.member) is not None:
        yield DetailRow(_("Sex"), member.get_sex_display())
        yield DetailRow(_("Birth month"), format_month(member.birth_date))
    yield DetailRow(_("Kind of transfer"), transfer.get_kind_display())
    yield DetailRow(_("Cause of the transfer"), cause_in_words(transfer.cause))
    yield DetailRow(_("Comes from"), transfer.from_name)
    yield DetailRow(_("Goes to"), transfer.to_name)
    where_known = [
        (_("Community or branch there, if known"), transfer.wish),
        (_("Unit they worked for"), transfer.former_unit),
        (_("Letter issued by"), transfer.issuer),
        (_("Letter addressed to"), transfer.addressee),
        (_("Letter no."), transfer.number),
        (_("Also on this letter"), others),
        (_("Letter issued on"), transfer.issued_on),
        (_("Valid until"), transfer.valid_until),
        (_("Days left"), _days_left(transfer)),
        (
            _("Dues paid up to"),
            transfer.dues_month and format_month(transfer.dues_month),
        ),
        (_("Branch of arrival"), transfer.branch),
        (_("Arrived on"), transfer.arrived_on),
    ]
    for label, value in where_known:
        if value:
            yield DetailRow(label, value)


def _others_on_letter(user: Actor, transfer: Transfer) -> str:
    """Return who else the letter names, of those whom the reader may see."""
    rows = Transfer.objects.visible_to(user).of_letter(transfer)
    others = rows.exclude(pk=transfer.pk).select_related("member")
    return "、".join(one.name for one in others)


def _days_left(transfer: Transfer) -> str:
    if transfer.state != TransferState.ISSUED or transfer.valid_until is None:
        return ""
    return str(max(0, (transfer.valid_until - today()).days))


class TransferPage(PermittedObjectMixin[Transfer], TemplateView):
    """One transfer: where the matter lies, what the letter says, who did what."""

    model = Transfer
    template_name = "core/detail_page.html"

    def get_rows(self) -> Any:
        return super().get_rows().select_related(*RELATED, "replaces", "replacement")

    def has_permission(self, obj: Transfer) -> bool:
        return permissions.can_see_transfer(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        transfer = self.get_permitted_object()
        extra = {
            "title": _("Transfer of affiliation"),
            "lead": marked_name(transfer.member) if transfer.member else transfer.name,
            "sections": [
                Section(_("Where the matter lies"), list(self._state_rows(transfer))),
                Section(
                    _("Letter"),
                    list(self._letter(transfer)),
                ),
                Section(_("Steps"), describe_steps(transfer)),
            ],
            "page_actions": list(self._links(transfer)),
        }
        return super().get_context_data(**extra, **kwargs)

    def _letter(self, transfer: Transfer) -> Iterator[DetailRow]:
        others = _others_on_letter(self.request.user, transfer)
        return _letter_rows(transfer, self._member_url(transfer), others)

    def _member_url(self, transfer: Transfer) -> str:
        """Return the member's page, for who may open it."""
        rows = Member.objects.visible_to(self.request.user)
        seen = rows.filter(pk=transfer.member_id or 0).exists()
        return transfer.member.get_absolute_url() if seen and transfer.member else ""

    def _state_rows(self, transfer: Transfer) -> Iterator[DetailRow]:
        yield DetailRow(_("State"), transfer.get_state_display())
        yield DetailRow(_("What comes next"), describe_whereabouts(transfer))
        if transfer.reason:
            yield DetailRow(_("Reason"), transfer.reason)
        new = getattr(transfer, "replacement", None) or transfer.follower
        others = (
            (_("Replaces the letter"), transfer.replaces),
            (_("Replaced by"), new),
        )
        for label, other in others:
            if other is not None:
                said = other.number or other.get_state_display()
                seen = Transfer.objects.visible_to(self.request.user)
                is_seen = seen.filter(pk=other.pk).exists()
                url = other.get_absolute_url() if is_seen else ""
                yield DetailRow(label, said, url)

    def _links(self, transfer: Transfer) -> Iterator[Link]:
        """The steps that the reader may take now; what comes next stands out."""
        user = self.request.user
        open_steps = [
            step
            for step in TransferStep
            if transfer.has_come_to(step)
            and permissions.can_take_step(user, transfer, step)
        ]
        may_propose = self._may_propose_again(transfer)
        if may_propose:
            url = reverse("members:propose_transfer", args=[transfer.member_id])
            yield Link(_("Propose again"), url, primary=True)
        asked = [step for step in list_next_steps(transfer) if step in open_steps]
        in_order = dict.fromkeys([*asked, *open_steps])
        for number, step in enumerate(in_order):
            url = reverse(f"members:{step}", args=[transfer.pk])
            yield Link(step.label, url, primary=number == 0 and not may_propose)

    def _may_propose_again(self, transfer: Transfer) -> bool:
        """Whether it was refused and the reader may propose it anew."""
        if transfer.member is None or not transfer.waits_at_origin:
            return False
        return permissions.can_change(self.request.user, transfer.member)
