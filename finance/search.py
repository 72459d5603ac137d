"""What this app lets people search for: vouchers, by their number."""

import re

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, scope_of
from core.registries.search import Hit, SearchKind, filtered, search_kinds
from finance.models import Voucher
from organizations.roles import MONEY_READERS

AS_WRITTEN = re.compile(r"#?(?:记字|凭证)?\s*+第?\s*+([0-9]{1,6})\s*号?(?:凭证)?")


def may_look(reader: Actor) -> bool:
    """Whether the person may look at money anywhere."""
    return scope_of(reader).has_role(MONEY_READERS)


def read_number(text: str) -> int | None:
    """Read a voucher's number as people type it: 3, #3, 第3号, 记字第 3 号."""
    match = AS_WRITTEN.fullmatch(text)
    return int(match[1]) if match else None


def find_vouchers(reader: Actor, text: str) -> QuerySet[Voucher]:
    """Return the vouchers of this number; each fund numbers its own."""
    rows = Voucher.objects.visible_to(reader).select_related("fund")
    number = read_number(text)
    return rows.none() if number is None else rows.filter(number=number)


def show_voucher(row: Voucher) -> Hit:
    """Show a voucher with its fund."""
    return Hit(str(row), row.get_absolute_url(), row.fund.name)


def list_vouchers(text: str) -> str:
    """Return the address of the list of vouchers, narrowed to the number."""
    return filtered(reverse("finance:vouchers"), number=str(read_number(text) or ""))


search_kinds.add(
    SearchKind(
        "finance.vouchers",
        _("Vouchers"),
        may_look,
        find_vouchers,
        show_voucher,
        list_vouchers,
        rank=80,
        matched_by=_("voucher number"),
    )
)
