"""What this app lets people search for: agreements."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cobuilding.models import Agreement
from cobuilding.permissions import can_see_agreements
from core.actors import Actor
from core.names import name_contains
from core.registries.search import Hit, SearchKind, filtered, search_kinds


def find_agreements(reader: Actor, text: str) -> QuerySet[Agreement]:
    """Return the agreements of the reader's area that are called so."""
    rows = Agreement.objects.visible_to(reader).filter(name_contains(text, "title"))
    return rows.select_related("unit").order_by("-starts_on", "title", "pk")


def show_agreement(row: Agreement) -> Hit:
    """Show an agreement with its unit and its state."""
    note = f"{row.unit.name} · {row.get_state_display()}"
    return Hit(row.title, row.get_absolute_url(), note)


def list_agreements(text: str) -> str:
    """Return the address of the list of agreements, narrowed to the title."""
    return filtered(reverse("cobuilding:list"), title=text)


search_kinds.add(
    SearchKind(
        "cobuilding.agreements",
        _("Co-building agreements"),
        can_see_agreements,
        find_agreements,
        show_agreement,
        list_agreements,
        rank=50,
    )
)
