"""What a person keeps of a list, for the page of the list."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from core.registries.saved_views import ListViews, ViewLink
from core.web.columns import COLUMNS
from core.web.exports import list_address
from exchange.models import SavedView


def list_views_of(request: HttpRequest) -> ListViews:
    """Return the columns that the reader chose for a list, and its saved filters."""
    match, reader = request.resolver_match, request.user
    if match is None:
        return ListViews()
    rows = SavedView.objects.visible_to(reader).of_list(match.view_name)
    columns: Sequence[str] = ()
    links = []
    here = list_address(request)
    for view in rows.select_related("organization").order_by("name", "pk"):
        path, _mark, query = view.address.partition("?")
        own = view.owner_id == reader.pk
        if not view.name:
            columns = QueryDict(query).getlist(COLUMNS) if own else ()
        elif path == request.path:
            links.append(_link(view, here, own=own))
    asks = any(_asked(here)[1])
    save = (
        f"{reverse('exchange:save_view')}?{urlencode({'list': here})}" if asks else ""
    )
    return ListViews(columns, links, save)


def _link(view: SavedView, here: str, *, own: bool) -> ViewLink:
    by = "" if own or view.organization is None else view.organization.name
    return ViewLink(view.name, view.address, by, _same(view.address, here))


def _same(one: str, other: str) -> bool:
    """Whether two addresses ask for the same list: blank fields ask for nothing."""
    return _asked(one) == _asked(other)


def _asked(address: str) -> tuple[str, list[tuple[str, str]]]:
    path, _mark, query = address.partition("?")
    return path, sorted(parse_qsl(query))
