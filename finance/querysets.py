"""Reads of funds, vouchers and ledger lines, and of the rules about money."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import RoleAssignment
from core.actors import Actor, scope_of
from core.db.money import MoneyField
from core.db.querysets import InstallationQuerySet, ScopedQuerySet, any_of, current_on
from core.db.tree import PathField, path_range
from finance.enums import AWAITING, Account, VoucherKind, VoucherState
from finance.signing_steps import APPROVAL, REVIEW, SigningStep
from organizations.roles import INSTALLATION, MONEY_KEEPERS, MONEY_READERS, Role

WEEK = 7
"""Within how many days two alike vouchers may be of the same paper."""

if TYPE_CHECKING:
    from finance.models import DuesRate, Fund, FundUse, Line, Voucher


class FundQuerySet(ScopedQuerySet["Fund"]):
    """Funds; street staff open them, accountant and cashier move their money."""

    seen_with = MONEY_READERS
    managed_with = frozenset({Role.STREET_STAFF})

    def with_balance_at(self, month: dt.date, lines: "LineQuerySet") -> Self:
        """Annotate `balance_then`, each fund's balance at the end of a month.

        By the vouchers' own days, not by the order in which they were posted.
        """
        moved = lines.filter(fund=OuterRef("pk"), voucher__month__lte=month)
        then = moved.bank().order_by().values("fund").annotate(sum=Sum("net"))
        return self.annotate(
            balance_then=Coalesce(
                Subquery(then.values("sum")), 0, output_field=MoneyField()
            )
        )


class VoucherQuerySet(ScopedQuerySet["Voucher"]):
    """Vouchers, by their fund."""

    organization_lookups = ("fund__organization",)
    seen_with = MONEY_READERS
    managed_with = MONEY_KEEPERS

    def drafts(self) -> Self:
        """Left by the accountant to be finished."""
        return self.filter(state=VoucherState.DRAFT)

    def approved_by_secretary(self, limit: int) -> Self:
        """Those that the street need not approve: small expenditure, income."""
        return self.exclude(kind=VoucherKind.EXPENDITURE, amount__gte=limit)

    def under_way(self) -> Self:
        """Submitted and not yet posted: they wait for a review, approval or payment."""
        return self.filter(state__in=AWAITING)

    def unfinished(self) -> Self:
        """Neither posted nor cancelled, drafts and returned ones included."""
        return self.exclude(state__in=[VoucherState.POSTED, VoucherState.CANCELLED])

    def withdrawing(self) -> Self:
        """Those that take money from their fund: expenditure, and incomes put back."""
        income_back = Q(kind=VoucherKind.REVERSAL, reverses__kind=VoucherKind.INCOME)
        return self.filter(Q(kind=VoucherKind.EXPENDITURE) | income_back)

    def total_amount(self) -> Decimal:
        """Return the sum of their amounts, in yuan."""
        total: Decimal | None = self.aggregate(total=Sum("amount"))["total"]
        return total or Decimal(0)

    def returned(self) -> Self:
        """Sent back to the accountant."""
        return self.filter(state=VoucherState.RETURNED)

    def posted(self) -> Self:
        """Posted to the ledger."""
        return self.filter(state=VoucherState.POSTED)

    def standing(self) -> Self:
        """Not cancelled."""
        return self.exclude(state=VoucherState.CANCELLED)

    def resembling(self, voucher: "Voucher") -> Self:
        """Others that may be of the same paper: one fund, kind, amount and payee.

        Their days lie within a week. Where nobody is named, the summary is compared.
        Those that were cancelled or reversed are none, nor are reversals.
        """
        week = dt.timedelta(days=WEEK)
        day, payee = voucher.happened_on, voucher.counterparty
        rows = self.filter(
            fund=voucher.fund_id,
            kind=voucher.kind,
            amount=voucher.amount,
            happened_on__range=(day - week, day + week),
            counterparty=payee,
        )
        if not payee:
            rows = rows.filter(purpose=voucher.purpose)
        back = self.model.objects.posted().filter(reverses=OuterRef("pk"))
        others = rows.standing().exclude(pk=voucher.pk).exclude(Exists(back))
        return others.exclude(kind=VoucherKind.REVERSAL).order_by("pk")

    def awaiting(self, step: SigningStep, user: Actor, limit: int) -> Self:
        """Those that wait for a signature which the person may give today (R-61)."""
        return self.filter(state=step.state).signable_by(user, step, limit)

    def signable_by(self, user: Actor, step: SigningStep, limit: int) -> Self:
        """Those that the person may sign at a step, whether or not they wait for it.

        From the limit on, an expenditure is approved by the street alone. Where there
        is no second accountant, the stand-ins review (decision 0018).
        """
        rows = self.without_signature_of(user, step)
        signable = rows.in_scope_of(user, step.roles)
        if step.roles_if_large:
            large = rows.in_scope_of(user, step.roles_if_large)
            signable = signable.approved_by_secretary(limit) | large
        if step.stand_ins:
            alone = rows.in_scope_of(user, step.stand_ins)
            signable = signable | alone.without_second_accountant()
        if step.leaves_an_approver:
            signable = signable.approved_without(user, limit)
        return signable

    def without_signature_of(self, user: Actor, step: SigningStep) -> Self:
        """Neither entered nor signed by the person before a step (R-61)."""
        person = getattr(user, "pk", None)
        return self.exclude(any_of(Q(**{name: person}) for name in step.excluded))

    def without_second_accountant(self) -> Self:
        """Those whose fund has no accountant today but the person who entered them."""
        return self.exclude(_others_over_fund(REVIEW.roles))

    def approved_without(self, user: Actor, limit: int) -> Self:
        """Those that somebody else than the person could approve today (R-61).

        Who reviews does not approve, so the only one who could does not review.
        """
        person = getattr(user, "pk", None)
        of_any_size = _others_over_fund(APPROVAL.roles_if_large, besides=person)
        of_small = _others_over_fund(APPROVAL.roles, besides=person)
        small = self.model.objects.approved_by_secretary(limit).filter(of_small)
        return self.filter(of_any_size | Q(pk__in=small))

    def with_reversal(self) -> Self:
        """Annotate `reversal_number`, that of the posted voucher that puts it back."""
        own = self.model.objects.posted().filter(reverses=OuterRef("pk"))
        return self.annotate(reversal_number=Subquery(own.values("number")[:1]))


def _others_over_fund(roles: frozenset[Role], *, besides: int | None = None) -> Exists:
    """Whether somebody else than who entered a voucher has a role over its fund."""
    others = RoleAssignment.objects.current().of_roles(roles)
    others = others.exclude(user=OuterRef("entered_by")).exclude(user=besides)
    others = others.annotate(
        fund_path=ExpressionWrapper(
            OuterRef("fund__organization__path"), output_field=PathField()
        )
    )
    over_fund = Q(fund_path__startswith=F("organization__path"))
    return Exists(others.filter(over_fund, user__is_active=True))


@dataclass(frozen=True, slots=True)
class DayBalance:
    """The balance of a fund at the end of a day."""

    day: dt.date
    amount: Decimal


class LineQuerySet(ScopedQuerySet["Line"]):
    """Ledger lines, by their fund."""

    organization_lookups = ("fund__organization",)
    seen_with = MONEY_READERS
    managed_with = frozenset[Role]()

    def lowest_since(self, day: dt.date) -> "DayBalance":
        """Return the day from a day on at whose end the least was on the deposit.

        By the vouchers' own days; the lines must be those of one fund.
        """
        moved = self.bank().order_by().values_list("voucher__booked_on")
        held, lowest = Decimal(0), None
        for moved_on, amount in moved.annotate(sum=Sum("net")).order_by(
            "voucher__booked_on"
        ):
            if moved_on > day and lowest is None:
                lowest = DayBalance(day, held)
            held += amount
            if moved_on >= day and (lowest is None or held < lowest.amount):
                lowest = DayBalance(moved_on, held)
        return lowest or DayBalance(day, held)

    def held_before(self, day: dt.date) -> Decimal:
        """Return what one fund's deposit held when a day began."""
        before = self.bank().filter(voucher__booked_on__lt=day)
        held: Decimal | None = before.aggregate(held=Sum("net"))["held"]
        return held or Decimal(0)

    def by_day(self) -> Self:
        """The lines of the deposit in the order of the days on which they count."""
        lines = self.bank().select_related("voucher__reverses")
        return lines.order_by("voucher__booked_on", "number")

    def with_balance_by_day(self) -> Self:
        """Annotate `balance`, what the fund held after the line, in order of days.

        `balance_after` is the balance in the order of posting.
        """
        same_day = Q(
            voucher__booked_on=OuterRef("voucher__booked_on"),
            number__lte=OuterRef("number"),
        )
        before = Q(voucher__booked_on__lt=OuterRef("voucher__booked_on"))
        lines = self.model.objects.bank().filter(
            before | same_day, fund=OuterRef("fund")
        )
        held = lines.order_by().values("fund").annotate(held=Sum("net"))
        return self.annotate(balance=Subquery(held.values("held")))

    def with_reversal(self, vouchers: VoucherQuerySet) -> Self:
        """Annotate `reversal_number`, as for the line's voucher."""
        own = vouchers.posted().filter(reverses=OuterRef("voucher"))
        return self.annotate(reversal_number=Subquery(own.values("number")[:1]))

    def bank(self) -> Self:
        """What came onto the fund's deposit, and as `net` with its sign."""
        return self._of(Account.BANK)

    def spending(self) -> Self:
        """What was spent, and as `net` with its sign: reversals take away."""
        return self._of(Account.SPENDING)

    def income(self) -> Self:
        """What came in, and as `net` with its sign: reversals take away."""
        rows = self.filter(account=Account.INCOME)
        return rows.annotate(net=F("credit") - F("debit"))

    def _of(self, account: Account) -> Self:
        return self.filter(account=account).annotate(net=F("debit") - F("credit"))


class FundUseQuerySet(InstallationQuerySet["FundUse"]):
    """What funds may and must not be spent on."""

    seen_with = MONEY_READERS | INSTALLATION
    managed_with = frozenset({Role.SYSTEM_ADMIN})

    def of_kind(self, kind: str, day: dt.date) -> Self:
        """The uses of one kind of fund in force on a day, the permitted first."""
        rows = self.filter(current_on(day), fund_kind=kind)
        return rows.order_by("-is_allowed", "position", "pk")


class DuesRateQuerySet(InstallationQuerySet["DuesRate"]):
    """Rates of Party dues."""

    seen_with = MONEY_READERS | INSTALLATION
    managed_with = frozenset({Role.SYSTEM_ADMIN})

    def on(self, payer: str, day: dt.date) -> Self:
        """The rates of one kind of payer in force on a day."""
        return self.filter(current_on(day), payer=payer)

    def over(self, base: Decimal | None) -> Self:
        """The band that contains the base (upper bound included), or the fixed rate."""
        fixed = Q(above=None)
        if base is None:
            return self.filter(fixed)
        band = Q(above__lt=base) & (Q(up_to=None) | Q(up_to__gte=base))
        return self.filter(fixed | band)
