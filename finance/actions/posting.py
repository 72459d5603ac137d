"""Post vouchers: the only place where money moves."""

from typing import Literal

from django.utils import timezone

from accounts.models import User
from core import audit
from core.db.constraints import validate
from finance.actions.balances import refuse_overdraft
from finance.entries import postings_of
from finance.enums import VoucherState
from finance.models import Fund, Line, Voucher
from organizations.actions import lock_open_month, request_recount
from organizations.queries import filing_organization

BOOKING = ("booked_on", "month")
Signature = Literal["approved_by", "paid_by"]  # the last one of a voucher


def post(voucher: Voucher, signature: Signature, by: User) -> Voucher:
    """Write a voucher into the ledger with its last signature (R-61).

    The fund is locked before its balance is read, so that concurrent postings see one
    another's result; the month is locked open until the transaction ends.
    """
    fund = _lock_fund(voucher)
    lock_open_month(filing_organization(fund.organization), voucher.month)
    before = {**audit.snapshot(voucher, "state"), **audit.snapshot(fund, "balance")}
    setattr(voucher, signature, by)
    _save_posted(voucher, fund, signature)
    refuse_overdraft(voucher, on=voucher.booked_on)  # a wrong day is told before
    _write_lines(voucher, fund)
    request_recount([(fund.organization_id, voucher.month)])
    audit.record(
        voucher,
        by=by,
        organization_id=fund.organization_id,
        before=before,
        after={
            **audit.snapshot(voucher, "state", "number", "booked_on"),
            **audit.snapshot(fund, "balance"),
        },
    )
    return voucher


def _lock_fund(voucher: Voucher) -> Fund:
    """Lock the voucher's fund, so that its balance stays."""
    rows = Fund.objects.select_for_update(of=("self",)).select_related("organization")
    fund = rows.get(pk=voucher.fund_id)
    voucher.fund = fund
    return fund


def _save_posted(voucher: Voucher, fund: Fund, signature: Signature) -> None:
    """Number and save it; the rules refuse signatures that exclude each other."""
    fund.last_voucher += 1
    voucher.state = VoucherState.POSTED
    voucher.number = fund.last_voucher
    voucher.posted_at = timezone.now()
    validate(voucher)
    voucher.save(update_fields=["state", "number", signature, "posted_at", *BOOKING])


def _write_lines(voucher: Voucher, fund: Fund) -> None:
    """Append the voucher's lines and update the fund's balance."""
    lines = []
    for posting in postings_of(voucher):
        fund.last_number += 1
        fund.balance += posting.deposit_change
        lines.append(
            Line(
                voucher=voucher,
                fund=fund,
                number=fund.last_number,
                account=posting.account,
                debit=posting.debit,
                credit=posting.credit,
                balance_after=fund.balance,
            )
        )
    validate(fund)
    Line.objects.bulk_create(lines)
    fund.save(update_fields=["balance", "last_number", "last_voucher"])
