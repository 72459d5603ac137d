"""Ticks beside a list, which are kept and offered again like a typed form."""

from typing import ClassVar

from django.http import HttpRequest

from core.text import StrOrPromise


class TickedList:
    """A view that takes the ticks beside a list; they are kept like a typed form.

    `list_url_name` is the address of the list if it is another one, `ticks_title` what
    the ticks are called. The list ticks again what `restored_form` holds.
    """

    list_url_name: ClassVar[str] = ""
    ticks_title: ClassVar[StrOrPromise]


def restored_ticks(request: HttpRequest, name: str) -> set[int]:
    """Return the keys of the rows that were ticked before, where they are offered."""
    restored = getattr(request, "restored_form", None)
    texts = [] if restored is None else restored.getlist(name)
    return {int(text) for text in texts if text.isdecimal()}
