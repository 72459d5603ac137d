"""Keep how people see lists: the columns they choose, filters under a name."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.db.constraints import validate
from core.registries.search import address_holds_number, text_holds_number
from exchange.errors import (
    NumberInFilter,
    NumberInFilterName,
    TooLongToKeep,
    TooManySaved,
)
from exchange.models import SavedView
from exchange.models.saved_views import LONGEST_ADDRESS
from organizations.models import Organization

MOST_SAVED = 20
"""So many filters of one list a person keeps: more would not be found above it."""
RECORDED = ("list_name", "name", "organization")
"""What the log says: a filter may have somebody's name in it, which it need not."""


@action(label=_("Columns of a list chosen"))
def keep_columns(list_name: str, address: str, *, by: User) -> None:
    """Show the person a list with the columns of the address from now on.

    Without an address the list is shown with its usual ones again.
    """
    _lock(by)
    mine = SavedView.objects.filter(owner=by, list_name=list_name, name="")
    kept = mine.first() or SavedView(owner=by, list_name=list_name)
    before = audit.snapshot(kept, "address") if kept.pk else {}
    kept.address = address
    if address:
        validate(kept)
        kept.save()
        after = audit.snapshot(kept, "address")
        audit.record(kept, by=by, before=before, after=after)
    elif before:
        audit.record(kept, by=by, before=before)
        kept.delete()


@action(label=_("Filter saved"))
def save_view(
    list_name: str,
    address: str,
    *,
    name: str,
    organization: Organization | None = None,
    by: User,
) -> SavedView:
    """Keep a list's filter, order and columns under a name."""
    _lock(by)
    if len(address) > LONGEST_ADDRESS:
        raise TooLongToKeep
    if address_holds_number(address):
        raise NumberInFilter
    _refuse_number(name)
    mine = SavedView.objects.named().filter(owner=by, list_name=list_name)
    if mine.count() >= MOST_SAVED:
        raise TooManySaved(most=MOST_SAVED)
    view = SavedView(
        owner=by,
        list_name=list_name,
        address=address,
        name=name,
        organization=organization,
    )
    validate(view)
    view.save()
    place, after = view.organization_id, audit.snapshot(view, *RECORDED)
    audit.record(view, by=by, organization_id=place, after=after)
    return view


@action(label=_("Saved filter renamed or shared"))
def change_view(
    view: SavedView,
    *,
    name: str,
    organization: Organization | None,
    by: User,
) -> SavedView:
    """Call a saved filter something else, share it or no longer share it."""
    _refuse_number(name)
    place = view.organization_id
    with audit.recording(view, "name", "organization", by=by, organization_id=place):
        view.name, view.organization = name, organization
        validate(view)
        view.save()
    return view


@action(label=_("Saved filter deleted"))
def delete_view(view: SavedView, *, by: User) -> None:
    """Forget a saved filter; no record depends on it."""
    before = audit.snapshot(view, *RECORDED)
    audit.record(view, by=by, organization_id=view.organization_id, before=before)
    view.delete()


def _refuse_number(name: str) -> None:
    if text_holds_number(name):
        raise NumberInFilterName


def _lock(person: User) -> None:
    """Let one person save one thing at a time."""
    User.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
