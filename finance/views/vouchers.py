"""The list of vouchers, a voucher's page, and the voucher on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from accounts.models import User
from accounts.queries import describe_steps
from core.errors import DomainError
from core.text import StrOrPromise
from core.web.components import DetailRow, Link, Section
from core.web.edit_conflicts import version_token
from core.web.forms import new_key
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin
from finance import actions, permissions
from finance.entries import postings_of
from finance.enums import AWAITING, VoucherState
from finance.filters import VoucherFilter
from finance.forms import PaymentForm, describe_alike
from finance.models import Voucher
from finance.money import format_yuan
from finance.steps_ahead import steps_ahead
from finance.tables import VoucherTable

S = VoucherState
RELATED = (
    "fund__organization",
    "use",
    "project",
    "reverses",
    "entered_by",
    "reviewed_by",
    "approved_by",
    "paid_by",
)


class VoucherList(ListPage):
    """Vouchers of the funds the reader may see, the latest first."""

    model = Voucher
    table_class = VoucherTable
    filterset_class = VoucherFilter
    title = _("Vouchers")

    def get_queryset(self) -> Any:
        return super().get_queryset().with_reversal().select_related("fund", "reverses")


def _movement_rows(voucher: Voucher) -> Iterator[DetailRow]:
    """What moved: when, how much, for what."""
    yield DetailRow(_("Fund"), voucher.fund, voucher.fund.get_absolute_url())
    yield DetailRow(_("Day on the paper"), voucher.happened_on)
    if voucher.paid_by is not None:
        yield DetailRow(_("Day of payment"), voucher.booked_on)
    if voucher.counts_on or voucher.booked_on != voucher.happened_on:
        yield DetailRow(_("Day it counts"), voucher.booked_on)
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


def _signature_rows(voucher: Voucher) -> Iterator[DetailRow]:
    """Who did what, and what it is tied to."""
    yield DetailRow(_("State"), voucher.standing)
    if voucher.return_reason:
        yield DetailRow(_("Reason of return"), voucher.return_reason)
    yield DetailRow(_("Entered by"), voucher.entered_by)
    approved = _("Approved by (cashier)") if voucher.by_cashier else _("Approved by")
    signed = [
        (_("Reviewed by"), voucher.reviewed_by),
        (approved, voucher.approved_by),
        (_("Paid by"), voucher.paid_by),
        (_("Voucher no."), _describe_number(voucher)),
    ]
    for label, value in signed:
        if value is not None:
            yield DetailRow(label, value)
    if (original := voucher.reverses) is not None:
        number = _("No. %(number)s") % {"number": original.number}
        yield DetailRow(
            _("Reverses"), f"{number} {original}", original.get_absolute_url()
        )
    for reversal in voucher.reversals.order_by("pk"):
        yield DetailRow(
            _("Reversal"), _reversal_row(reversal), reversal.get_absolute_url()
        )


def _describe_number(voucher: Voucher) -> str | None:
    """Return the voucher's number, and in which order it was given."""
    if voucher.number is None:
        return None
    text = gettext("%(number)s (in the order of posting, over months and years)")
    return text % {"number": voucher.number}


def _sections_ahead(voucher: Voucher) -> Iterator[Section]:
    """Who takes the steps that are still needed; none once it is posted or voided."""
    if steps := list(steps_ahead(voucher)):
        rows = [DetailRow(step.label, step) for step in steps]
        yield Section(_("Steps to come"), rows)


def _reversal_row(reversal: Voucher) -> str:
    """Say that a voucher is put back, or how far that has come."""
    if not reversal.is_posted:
        return reversal.get_state_display()
    return gettext("Reversed by voucher no. %(number)s") % {"number": reversal.number}


def list_alike(voucher: Voucher) -> list[Link]:
    """Return other vouchers that may be of the same paper, for who signs this one."""
    if voucher.state == S.CANCELLED:
        return []
    alike = voucher.fund.vouchers.resembling(voucher)
    return [Link(describe_alike(row), row.get_absolute_url()) for row in alike]


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """The next step of a voucher: its button, what to check before, what to say.

    Where it would be refused, `refusal` says why, and there is no button.
    """

    label: StrOrPromise
    url: str
    advice: StrOrPromise
    form: PaymentForm | None = None
    refusal: DomainError | None = None


def next_step(user: User, voucher: Voucher) -> OfferedStep | None:
    """Return the step that the person may take with the voucher now, if any."""
    compare = _(
        "Compare the voucher with its papers. Who reviews it does not approve it: if"
        " the secretary reviews, the street office approves."
    )
    final = _("Check the amount and the decision; an income is posted at once.")
    paid = _(
        "Press this when the money is paid. It counts on the day of payment; afterwards"
        " the voucher is final."
    )
    steps = {
        S.SUBMITTED: (_("Review"), "review", compare),
        S.REVIEWED: (_("Approve"), "approve", final),
        S.APPROVED: (_("Paid"), "pay", paid),
    }
    if voucher.state not in AWAITING:
        return None
    if not permissions.can_take_next_step(user, voucher):
        return None
    label, name, advice = steps[VoucherState(voucher.state)]
    url = reverse(f"finance:{name}_voucher", args=[voucher.pk])
    form = PaymentForm() if name == "pay" else None
    refusal = actions.foresee_refusal(voucher, by=user)
    return OfferedStep(label, url, advice, form, refusal)


class VoucherPage(PermittedObjectMixin[Voucher], TemplateView):
    """Show one voucher: its contents, its state and the next actions."""

    model = Voucher
    template_name = "finance/voucher_detail.html"

    def get_rows(self) -> Any:
        rows: Any = super().get_rows()
        return rows.with_reversal().select_related(*RELATED)

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
                Section(_("Movement"), list(_movement_rows(voucher))),
                Section(
                    _("Signatures and state"),
                    [*_signature_rows(voucher), *self._irreversible_rows(voucher)],
                ),
                *_sections_ahead(voucher),
                Section(_("Steps"), describe_steps(voucher)),
            ],
            "page_actions": list(self._links(voucher)),
            "alike": list_alike(voucher),
            "step": next_step(reader(self.request), voucher),
            "key": new_key(),
            "seen": version_token(voucher),
        }
        return super().get_context_data(**extra, **kwargs)

    def _may_reverse(self, voucher: Voucher) -> bool:
        """Whether the reader may reverse a voucher that nobody has reversed yet."""
        return (
            permissions.can_amend(self.request.user, voucher)
            and voucher.can_be_reversed
            and not voucher.reversals.standing().exists()
        )

    def _irreversible_rows(self, voucher: Voucher) -> list[DetailRow]:
        """Say why a voucher cannot be reversed now, to who otherwise might."""
        if not self._may_reverse(voucher):
            return []
        refusal = actions.foresee_refused_reversal(voucher)
        return [DetailRow(_("Cannot be reversed now"), refusal)] if refusal else []

    def _links(self, voucher: Voucher) -> Iterator[Link]:
        """Pages that lead on from here, for whom they are."""
        user = self.request.user
        pages: list[tuple[StrOrPromise, str]] = [(_("Print"), "print_voucher")]
        if permissions.can_amend(user, voucher) and voucher.can_be_amended:
            pages.append((_("Correct the voucher"), "amend_voucher"))
            pages.append((_("Cancel the voucher"), "cancel_voucher"))
        if self._may_reverse(voucher) and not actions.foresee_refused_reversal(voucher):
            pages.append((_("Reverse"), "reverse_voucher"))
        if voucher.state in AWAITING and permissions.can_return(user, voucher):
            pages.append((_("Send back"), "return_voucher"))
        for label, name in pages:
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
            "postings": postings_of(voucher),
        }
