"""What this app registers: blockers of the closing of an organization."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from finance.enums import NOT_POSTED
from finance.models import Fund, Voucher
from organizations.closing_blockers import PROJECT, ClosingBlocker, closing_blockers


def funds_with_balance() -> QuerySet[Fund]:
    """Return funds with a balance above zero."""
    return Fund.objects.exclude(balance=0)


def unposted_vouchers() -> QuerySet[Voucher]:
    """Return vouchers that are neither posted nor cancelled."""
    return Voucher.objects.filter(state__in=NOT_POSTED)


closing_blockers.add(
    ClosingBlocker(
        "finance.funds",
        _("funds with a balance: %(count)s (spend it or hand it over)"),
        funds_with_balance,
    ),
    ClosingBlocker(
        "finance.vouchers",
        _("vouchers not posted: %(count)s (post or void them)"),
        unposted_vouchers,
        column="fund__organization",
    ),
    ClosingBlocker(
        "finance.project_vouchers",
        _("vouchers not posted: %(count)s (post or void them)"),
        unposted_vouchers,
        closes=PROJECT,
        column="project",
    ),
)
