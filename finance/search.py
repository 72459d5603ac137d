"""What this app lets people search for: vouchers, by their number."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, scope_of
from core.registries.search import Hit, SearchKind, filtered, search_kinds
from finance.models import Voucher
from organizations.roles import MONEY_READERS


def may_look(reader: Actor) -> bool:
    """Whether the person may look at money anywhere."""
    return scope_of(reader).has_role(MONEY_READERS)


def find_vouchers(reader: Actor, text: str) -> QuerySet[Voucher]:
    """Return the vouchers of this number; each fund numbers its own."""
    rows = Voucher.objects.visible_to(reader).select_related("fund")
    digits = text.removeprefix("#")
    if not (digits.isascii() and digits.isdecimal()):
        return rows.none()
    return rows.filter(number=int(digits))


def show_voucher(row: Voucher) -> Hit:
    """Show a voucher with its fund."""
    return Hit(str(row), row.get_absolute_url(), row.fund.name)


def list_vouchers(text: str) -> str:
    """Return the address of the list of vouchers, narrowed to the number."""
    return filtered(reverse("finance:vouchers"), number=text.removeprefix("#"))


search_kinds.add(
    SearchKind(
        "finance.vouchers",
        _("Vouchers"),
        may_look,
        find_vouchers,
        show_voucher,
        list_vouchers,
        rank=80,
    )
)
