"""What this app declares for others: what blocks the closing of an organization."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from finance.enums import NOT_POSTED
from finance.models import Fund, Voucher
from organizations.closing_blockers import ClosingBlocker, closing_blockers


def filled_funds() -> QuerySet[Fund]:
    """Funds in which there is money."""
    return Fund.objects.exclude(balance=0)


def waiting_vouchers() -> QuerySet[Voucher]:
    """Vouchers neither posted nor voided."""
    return Voucher.objects.filter(state__in=NOT_POSTED)


closing_blockers.add(
    ClosingBlocker(
        "finance.funds",
        _("funds with a balance: %(count)s (spend it or hand it over)"),
        filled_funds,
    ),
    ClosingBlocker(
        "finance.vouchers",
        _("vouchers not posted: %(count)s (post or void them)"),
        waiting_vouchers,
        organization="fund__organization",
    ),
)
