"""The list of vouchers, a voucher's page, and the voucher on paper."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.text import StrOrPromise
from core.web.components import DetailRow, Link, Section
from core.web.edit_conflicts import version_token
from core.web.forms import new_key
from core.web.views import ListPage, PermittedObjectMixin
from finance import permissions
from finance.entries import sides_of
from finance.filters import VoucherFilter
from finance.models import Voucher
from finance.money import format_yuan
from finance.tables import VoucherTable

RELATED = (
    "fund__organization",
    "use",
    "project",
    "reverses",
    "entered_by",
    "approved_by",
)


class VoucherList(ListPage):
    """Vouchers of the funds the reader may see, the latest first."""

    model = Voucher
    table_class = VoucherTable
    filterset_class = VoucherFilter
    title = _("Vouchers")

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("fund", "reverses")


def _movement(voucher: Voucher) -> Iterator[DetailRow]:
    """What moved: when, how much, for what."""
    yield DetailRow(_("Fund"), voucher.fund, voucher.fund.get_absolute_url())
    yield DetailRow(_("Date"), voucher.happened_on)
    yield DetailRow(_("Amount (yuan)"), format_yuan(voucher.amount))
    yield DetailRow(_("Voucher summary"), voucher.summary)
    where_known = [
        (_("Received from or paid to"), voucher.counterparty),
        (_("Source of income"), voucher.get_source_display()),
        (_("Comes every year"), voucher.is_recurring and _("Yes")),
        (_("Use"), voucher.use),
        (_("Meeting and decision"), voucher.decision),
        (_("For the co-building project"), voucher.project),
        (_("Papers attached"), voucher.papers),
    ]
    for label, value in where_known:
        if value:
            yield DetailRow(label, value)


def _hands(voucher: Voucher) -> Iterator[DetailRow]:
    """Who did what, and what it is tied to."""
    yield DetailRow(_("State"), voucher.get_state_display())
    if voucher.return_reason:
        yield DetailRow(_("Reason of return"), voucher.return_reason)
    yield DetailRow(_("Entered by"), voucher.entered_by)
    if voucher.is_posted:
        yield DetailRow(_("Approved by"), voucher.approved_by)
        yield DetailRow(_("Voucher no."), voucher.number)
    if (original := voucher.reverses) is not None:
        number = _("No. %(number)s") % {"number": original.number}
        yield DetailRow(
            _("Reverses"), f"{number} {original}", original.get_absolute_url()
        )
    for reversal in voucher.reversals.order_by("pk"):
        yield DetailRow(
            _("Reversal"), _undone_by(reversal), reversal.get_absolute_url()
        )


def _undone_by(reversal: Voucher) -> str:
    """Say that a voucher is put back, or how far that has come."""
    if not reversal.is_posted:
        return reversal.get_state_display()
    return gettext("Reversed by voucher no. %(number)s") % {"number": reversal.number}


class VoucherPage(PermittedObjectMixin[Voucher], TemplateView):
    """Show one voucher: its contents, its state and the next actions."""

    model = Voucher
    template_name = "finance/voucher_detail.html"

    def get_rows(self) -> QuerySet[Voucher]:
        return super().get_rows().select_related(*RELATED)

    def has_permission(self, obj: Voucher) -> bool:
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        voucher = self.get_permitted_object()
        extra = {
            "title": voucher.get_kind_display(),
            "lead": voucher.summary,
            "voucher": voucher,
            "lines": voucher.lines.order_by("number"),
            "sections": [
                Section(_("Movement"), list(_movement(voucher))),
                Section(_("Hands and state"), list(_hands(voucher))),
            ],
            "page_actions": list(self._ways(voucher)),
            "may_approve": permissions.can_approve(self.request.user, voucher),
            "key": new_key(),
            "seen": version_token(voucher),
        }
        return super().get_context_data(**extra, **kwargs)

    def _ways(self, voucher: Voucher) -> Iterator[Link]:
        """Pages that lead on from here, for whom they are."""
        user = self.request.user
        ways: list[tuple[StrOrPromise, str]] = [(_("Print"), "print_voucher")]
        if permissions.can_amend(user, voucher) and voucher.can_be_amended:
            ways.append((_("Correct the voucher"), "amend_voucher"))
            ways.append((_("Cancel the voucher"), "cancel_voucher"))
        reversible = (
            voucher.can_be_reversed and not voucher.reversals.standing().exists()
        )
        if permissions.can_amend(user, voucher) and reversible:
            ways.append((_("Reverse"), "reverse_voucher"))
        if permissions.can_approve(user, voucher) and voucher.awaits_approval:
            ways.append((_("Send back"), "return_voucher"))
        for label, name in ways:
            yield Link(label, reverse(f"finance:{name}", args=[voucher.pk]))


class VoucherPaper(VoucherPage):
    """The voucher as it is printed, signed and filed."""

    template_name = "finance/voucher_paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        voucher = context["voucher"]
        return {
            **context,
            "title": _("Accounting voucher"),
            "back_url": voucher.get_absolute_url(),
            "sides": sides_of(voucher),
        }
