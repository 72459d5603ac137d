"""Posting: the one place where money moves."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.db.constraints import validate
from finance.actions.vouchers import locked
from finance.entries import sides_of, taken_from_the_bank
from finance.enums import VoucherState
from finance.errors import FundTooLow, NotInThatState
from finance.models import Fund, Line, Voucher
from finance.money import format_yuan
from organizations.actions import lock_open_month, request_recount
from organizations.queries import filing_place


@action(label=_("Voucher approved"))
def approve_voucher(voucher: Voucher, *, by: User) -> Voucher:
    """Approve a voucher entered by another person and post it to the ledger (R-61).

    The fund is locked before its balance is read, so that of many approvals at once
    each sees what the others left; the month cannot be closed before the lines are
    written.
    """
    voucher = locked(voucher)
    if not voucher.awaits_approval:
        raise NotInThatState(state=voucher.get_state_display())
    fund = _locked_fund(voucher)
    lock_open_month(filing_place(fund.organization), voucher.month)
    before = audit.snapshot(fund, "balance")
    _sign(voucher, fund, by)
    _write_lines(voucher, fund)
    request_recount([(fund.organization_id, voucher.month)])
    audit.record(
        voucher,
        by=by,
        organization_id=fund.organization_id,
        before={"state": VoucherState.SUBMITTED, **before},
        after={
            **audit.snapshot(voucher, "state", "number"),
            **audit.snapshot(fund, "balance"),
        },
    )
    return voucher


def _locked_fund(voucher: Voucher) -> Fund:
    """Lock the voucher's fund and see that it holds enough."""
    rows = Fund.objects.select_for_update(of=("self",)).select_related("organization")
    fund = rows.get(pk=voucher.fund_id)
    voucher.fund = fund
    taken = taken_from_the_bank(voucher)
    if taken > fund.balance:
        raise FundTooLow(
            fund=fund.name, balance=format_yuan(fund.balance), amount=format_yuan(taken)
        )
    return fund


def _sign(voucher: Voucher, fund: Fund, by: User) -> None:
    """Set the approval and the number; the rules refuse one's own voucher."""
    fund.last_voucher += 1
    voucher.state = VoucherState.POSTED
    voucher.number = fund.last_voucher
    voucher.approved_by = by
    voucher.posted_at = timezone.now()
    validate(voucher)
    voucher.save(update_fields=["state", "number", "approved_by", "posted_at"])


def _write_lines(voucher: Voucher, fund: Fund) -> None:
    """Append the voucher's lines and carry the fund's balance along."""
    lines = []
    for side in sides_of(voucher):
        fund.last_number += 1
        fund.balance += side.to_the_bank
        lines.append(
            Line(
                voucher=voucher,
                fund=fund,
                number=fund.last_number,
                account=side.account,
                debit=side.debit,
                credit=side.credit,
                balance_after=fund.balance,
            )
        )
    Line.objects.bulk_create(lines)
    fund.save(update_fields=["balance", "last_number", "last_voucher"])
