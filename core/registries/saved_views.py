"""How a person sees a list: the columns they chose for it, and what they saved of it.

`exchange` keeps both. A page asks once, with one query; readers who have not signed in
keep nothing, and cost none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from core.registries.port import Port
from core.text import StrOrPromise

ASKED = "_list_views"


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved filter, order and choice of columns: its name and its address.

    `shared_by` is the organization that shares it, where it is not the reader's own.
    """

    label: StrOrPromise
    url: str
    shared_by: StrOrPromise = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ListViews:
    """What is kept of a list for its reader.

    `save_url` is where the present filter and order are saved, if there are any.
    """

    columns: Sequence[str] = ()
    links: Sequence[ViewLink] = ()
    save_url: str = ""


NOTHING_KEPT = ListViews()
saved_views: Port[Callable[[HttpRequest], ListViews]] = Port("Saved views of lists")


def views_of(request: HttpRequest) -> ListViews:
    """Return what the reader of a list keeps of it, read once a request."""
    if not request.user.is_authenticated or request.resolver_match is None:
        return NOTHING_KEPT
    if not hasattr(request, ASKED):
        setattr(request, ASKED, saved_views.get()(request))
    kept: ListViews = getattr(request, ASKED)
    return kept
