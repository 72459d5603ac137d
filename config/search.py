"""The pages of the menu, found by their names."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from config.navigation import MenuEntry, entries_for
from core.actors import Actor
from core.registries.search import Hit, SearchKind, search_kinds


def may_look(_reader: Actor) -> bool:
    """Everybody has a menu."""
    return True


def find_pages(reader: Actor, text: str) -> list[MenuEntry]:
    """Return the entries of the person's menu whose name contains the text."""
    if not isinstance(reader, User):
        return []
    sought = text.casefold()
    return [e for e in entries_for(reader) if sought in str(e.label).casefold()]


def show_page(entry: MenuEntry) -> Hit:
    """Show an entry of the menu."""
    return Hit(str(entry.label), reverse(entry.url_name))


search_kinds.add(
    SearchKind("config.pages", _("Pages"), may_look, find_pages, show_page, rank=0)
)
