"""What this app lets people search for: cases."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.permissions import can_see_cases
from core.actors import Actor
from core.names import name_contains
from core.registries.search import Hit, SearchKind, filtered, search_kinds


def find_cases(reader: Actor, text: str) -> QuerySet[Case]:
    """Return the cases of the reader's area whose title contains the text."""
    rows = Case.objects.visible_to(reader).select_related("organization")
    return rows.filter(name_contains(text, "title")).order_by("-pk")


def show_case(row: Case) -> Hit:
    """Show a case with its place and its state."""
    note = f"{row.organization.name} · {row.get_state_display()}"
    return Hit(row.title, row.get_absolute_url(), note)


def list_cases(text: str) -> str:
    """Return the address of the list of cases, narrowed to the title."""
    return filtered(reverse("cases:list"), q=text)


search_kinds.add(
    SearchKind(
        "cases.cases",
        _("Cases"),
        can_see_cases,
        find_cases,
        show_case,
        list_cases,
        rank=35,
    )
)
