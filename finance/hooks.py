"""What this app registers: blockers of closing, unfinished work of a month."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.actors import Actor, scope_of
from finance.enums import NOT_POSTED
from finance.models import Fund, Voucher
from finance.querysets import VoucherQuerySet
from organizations.actions import give_back, name_of, take_along
from organizations.closing_blockers import PROJECT, ClosingBlocker, closing_blockers
from organizations.mergers import Merger, mergers
from organizations.models import Organization
from organizations.place_columns import PlaceColumn, count_by_path, place_columns
from organizations.roles import MONEY_READERS
from organizations.unfinished_work import UnfinishedWork, unfinished_work


def funds_with_balance() -> QuerySet[Fund]:
    """Return funds with a balance above zero."""
    return Fund.objects.exclude(balance=0)


def unposted_vouchers() -> QuerySet[Voucher]:
    """Return vouchers that are neither posted nor cancelled."""
    return Voucher.objects.filter(state__in=NOT_POSTED)


mergers.add(
    Merger(
        "finance.funds",
        _("funds that go along, with their ledger: %(count)s"),
        Fund.objects.all,
        take_along(),
        take_back=give_back(),
        remember=name_of,
        keeps=("vouchers", "lines"),
        within_return=True,
    )
)
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


def count_funds(_reader: Actor, paths: Sequence[str]) -> Mapping[str, int]:
    """Count the funds of each organization."""
    return count_by_path(Fund.objects.all(), "organization", paths)


def page_of_funds(place: Organization) -> str:
    """Return the funds of an organization and of all below it."""
    return f"{reverse('finance:list')}?{urlencode({'organization': place.pk})}"


place_columns.add(
    PlaceColumn(
        "finance.funds",
        _("funds"),
        count_funds,
        page_of_funds,
        lambda reader, _place: scope_of(reader).has_role(MONEY_READERS),
        rank=40,
    )
)


def unposted_by(month: dt.date) -> VoucherQuerySet:
    """Return the unposted vouchers that count in a month at the earliest."""
    return Voucher.objects.unfinished().filter(month__lte=month)


def describe_unposted(count: int) -> str:
    """Say how many vouchers are not posted."""
    words = ngettext(
        "%(n)s voucher of this or an earlier month is not posted yet",
        "%(n)s vouchers of this or an earlier month are not posted yet",
        count,
    )
    return words % {"n": count}


unfinished_work.add(
    UnfinishedWork(
        "finance.vouchers",
        unposted_by,
        describe_unposted,
        lambda: f"{reverse('finance:vouchers')}?progress=unfinished",
    )
)
