"""The pages of the menu and the lists, found by their names."""

from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from config.navigation import entries_for
from core.actors import Actor
from core.registries.search import Hit, SearchKind, search_kinds
from core.web.list_pages import ListPage


def may_look(_reader: Actor) -> bool:
    """Everybody has a menu."""
    return True


def find_pages(reader: Actor, text: str) -> list[Hit]:
    """Return the person's pages with the text in their name: menu first, then lists."""
    if not isinstance(reader, User):
        return []
    sought = text.casefold()
    menu = [(entry.url_name, str(entry.label)) for entry in entries_for(reader)]
    lists = [
        (name, str(view.title)) for name, view in all_lists() if _opens(view, reader)
    ]
    named = dict((*lists, *menu))
    ordered = dict.fromkeys([name for name, _label in (*menu, *lists)])
    return [
        Hit(named[name], reverse(name))
        for name in ordered
        if sought in named[name].casefold()
    ]


def show_page(page: Hit) -> Hit:
    """Show a page as it was found."""
    return page


@cache
def all_lists() -> tuple[tuple[str, type[ListPage]], ...]:
    """Return the name and the view of every list that has a permission of its own."""
    return tuple(_lists_among(get_resolver().url_patterns, ""))


def _lists_among(patterns: Any, prefix: str) -> Iterator[tuple[str, type[ListPage]]]:
    for one in patterns:
        if isinstance(one, URLResolver) and one.namespace != "admin":
            space = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from _lists_among(one.url_patterns, space)
        elif isinstance(one, URLPattern) and not one.pattern.converters:
            view: Any = getattr(one.callback, "view_class", type(None))
            if issubclass(view, ListPage) and issubclass(view, UserPassesTestMixin):
                yield f"{prefix}{one.name}", view


def _opens(view: type[ListPage], reader: User) -> bool:
    """Whether the person may open a list: its own view says so."""
    page: Any = view()
    page.request = SimpleNamespace(user=reader, GET={})
    return bool(page.test_func())


search_kinds.add(
    SearchKind("config.pages", _("Pages"), may_look, find_pages, show_page, rank=0)
)
