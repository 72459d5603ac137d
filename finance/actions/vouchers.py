"""Enter vouchers, and change them before they are posted."""

import datetime as dt
from decimal import Decimal
from typing import Any, NotRequired, TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Project
from core import audit
from core.actions import action
from core.actors import scope_of
from core.db.constraints import validate
from core.months import month_of, refuse_future_day, today
from finance.actions.balances import refuse_overdraft
from finance.actions.purposes import refuse_foreign_project, refuse_wrong_use
from finance.enums import IncomeSource, VoucherKind, VoucherState
from finance.errors import (
    HoldsBothRoles,
    NotInThatState,
    OnlyPostedIsReversed,
    PostedIsFinal,
    ReversalBeforeOriginal,
)
from finance.models import Fund, FundUse, Voucher
from finance.notices import notify_signers
from finance.signing_steps import SIGNATURES
from organizations.actions import lock_open_month
from organizations.queries import filing_organization
from organizations.roles import Role

AUDITED_FIELDS = (
    "fund",
    "kind",
    "happened_on",
    "booked_on",
    "amount",
    "purpose",
    "counterparty",
    "papers",
    "source",
    "is_recurring",
    "use",
    "decision",
    "project",
    "reverses",
    "state",
)
FOLLOWING = (
    "amount",
    "booked_on",
    "month",
    "state",
    "return_reason",
    "entered_by",
    *SIGNATURES,
)


def lock_voucher(voucher: Voucher) -> Voucher:
    """Lock a voucher and read it again, with its fund."""
    rows = Voucher.objects.select_for_update(of=("self",))
    return rows.select_related("fund__organization", "reverses", "project").get(
        pk=voucher.pk
    )


def refuse_both_roles(voucher: Voucher, by: User) -> None:
    """Refuse a person who is accountant and cashier of the fund today (R-61).

    Assigning the second role is refused too, but a move in the tree can still give one
    person both.
    """
    scope, path = scope_of(by), voucher.fund.organization.path
    if all(
        scope.has_role_over(path, {role}) for role in (Role.ACCOUNTANT, Role.CASHIER)
    ):
        raise HoldsBothRoles(fund=voucher.fund.name)


def _book(voucher: Voucher, day: dt.date | None) -> None:
    """Set the day on which a voucher counts: that of its paper unless one is given.

    Refuses future days, days of a closed month, and reversals before their original.
    An expenditure counts on the day of payment, so its paper may be of a closed month.
    """
    paper = voucher.happened_on
    refuse_future_day(paper)
    if voucher.reverses is not None and paper < voucher.reverses.booked_on:
        raise ReversalBeforeOriginal(day=paper, first=voucher.reverses.booked_on)
    voucher.booked_on = day or paper
    voucher.month = month_of(voucher.booked_on)
    if voucher.kind != VoucherKind.EXPENDITURE:
        refuse_future_day(voucher.booked_on)
        lock_open_month(filing_organization(voucher.fund.organization), voucher.month)


def _clear_signatures(voucher: Voucher) -> None:
    """Remove the signatures: they were given for the earlier version."""
    for name in SIGNATURES:
        setattr(voucher, name, None)


def _submit_or_draft(
    voucher: Voucher, *, as_draft: bool, booked_on: dt.date | None = None
) -> None:
    """Validate a voucher against the rules; set it to draft or submitted."""
    refuse_both_roles(voucher, voucher.entered_by)
    _book(voucher, booked_on)
    refuse_wrong_use(voucher)
    refuse_foreign_project(voucher)
    voucher.state = VoucherState.DRAFT if as_draft else VoucherState.SUBMITTED
    voucher.return_reason = ""
    _clear_signatures(voucher)
    validate(voucher)
    if not as_draft:
        refuse_overdraft(voucher)


def _enter(
    voucher: Voucher, *, as_draft: bool, booked_on: dt.date | None = None
) -> Voucher:
    """Save a new voucher and record who entered it."""
    _submit_or_draft(voucher, as_draft=as_draft, booked_on=booked_on)
    voucher.save()
    audit.record(
        voucher,
        by=voucher.entered_by,
        organization_id=voucher.fund.organization_id,
        after=audit.snapshot(voucher, *AUDITED_FIELDS),
    )
    return voucher


class VoucherFields(TypedDict):
    """The fields that income and expenditure have in common."""

    happened_on: dt.date
    amount: Decimal
    purpose: str
    counterparty: NotRequired[str]
    papers: NotRequired[int]
    project: NotRequired[Project | None]


@action(label=_("Income entered"))
def enter_income(
    fund: Fund,
    *,
    by: User,
    source: IncomeSource,
    is_recurring: bool = False,
    booked_on: dt.date | None = None,
    as_draft: bool = False,
    **entry: Unpack[VoucherFields],
) -> Voucher:
    """Enter an income; it counts once another person has approved it.

    It counts on the day of its paper unless it is booked on a later one, as a slip is
    that arrives after its month was closed.
    """
    voucher = Voucher(
        fund=fund,
        kind=VoucherKind.INCOME,
        source=source,
        is_recurring=is_recurring,
        entered_by=by,
        **entry,
    )
    return _enter(voucher, as_draft=as_draft, booked_on=booked_on)


@action(label=_("Expenditure entered"))
def enter_expenditure(
    fund: Fund,
    *,
    by: User,
    use: FundUse,
    decision: str,
    as_draft: bool = False,
    **entry: Unpack[VoucherFields],
) -> Voucher:
    """Enter an expenditure, with the meeting that decided on it (R-60)."""
    voucher = Voucher(
        fund=fund,
        kind=VoucherKind.EXPENDITURE,
        use=use,
        decision=decision,
        entered_by=by,
        **entry,
    )
    return _enter(voucher, as_draft=as_draft)


@action(label=_("Reversal entered"))
def reverse_voucher(
    voucher: Voucher, *, by: User, reason: str, happened_on: dt.date | None = None
) -> Voucher:
    """Enter the opposite of a posted voucher; it too is reviewed and approved."""
    original = lock_voucher(voucher)
    if not original.can_be_reversed:
        raise OnlyPostedIsReversed
    reversal = Voucher(
        fund=original.fund,
        kind=VoucherKind.REVERSAL,
        reverses=original,
        happened_on=happened_on or today(),
        amount=original.amount,
        purpose=reason,
        counterparty=original.counterparty,
        project=original.project,
        entered_by=by,
    )
    return _enter(reversal, as_draft=False)


def _lock_unposted(voucher: Voucher) -> Voucher:
    """Lock a voucher that is not posted yet."""
    voucher = lock_voucher(voucher)
    if voucher.is_posted:
        raise PostedIsFinal
    if not voucher.can_be_amended:
        raise NotInThatState(state=voucher.get_state_display())
    return voucher


@action(label=_("Voucher corrected"))
def amend_voucher(
    voucher: Voucher,
    *,
    by: User,
    as_draft: bool = False,
    booked_on: dt.date | None = None,
    **values: Any,
) -> Voucher:
    """Correct a voucher before it is posted; who corrects it has entered it (R-61).

    Those who had signed what it said before are told.
    """
    voucher = _lock_unposted(voucher)
    before = audit.snapshot(voucher, "state", "booked_on", *values)
    signers = [getattr(voucher, name) for name in SIGNATURES]
    for name, value in values.items():
        setattr(voucher, name, value)
    if voucher.reverses is not None:
        voucher.amount = voucher.reverses.amount
    voucher.entered_by = by
    _submit_or_draft(voucher, as_draft=as_draft, booked_on=booked_on)
    voucher.save(update_fields=[*values, *FOLLOWING])
    if any(signers):
        reason = _("it was corrected, so what was signed is signed anew")
        notify_signers(voucher, signers, by=by, reason=str(reason))
    audit.record(
        voucher,
        by=by,
        organization_id=voucher.fund.organization_id,
        before=before,
        after=audit.snapshot(voucher, "state", "booked_on", *values),
    )
    return voucher


def change_state(voucher: Voucher, *, by: User, reason: str, **new: str) -> Voucher:
    """Change the state of an unposted voucher, and record why.

    Signatures given so far are removed; the audit log keeps them.
    """
    before = audit.snapshot(voucher, "state")
    signers = [getattr(voucher, name) for name in SIGNATURES]
    for name, value in new.items():
        setattr(voucher, name, value)
    _clear_signatures(voucher)
    notify_signers(voucher, signers, by=by, reason=reason)
    voucher.save(update_fields=[*new, *SIGNATURES])
    audit.record(
        voucher,
        by=by,
        organization_id=voucher.fund.organization_id,
        before=before,
        after=audit.snapshot(voucher, "state"),
        reason=reason,
    )
    return voucher


@action(label=_("Voucher voided"))
def cancel_voucher(voucher: Voucher, *, by: User, reason: str) -> Voucher:
    """Cancel a voucher that was never posted; it stays on record."""
    return change_state(
        _lock_unposted(voucher),
        by=by,
        reason=reason,
        state=VoucherState.CANCELLED,
    )
