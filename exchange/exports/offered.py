"""Saved filters that lead somewhere: their lists are open to their reader."""

from collections.abc import Iterable

from accounts.models import User
from exchange.exports.opened_list import may_open_list
from exchange.models import SavedView


def saved_by(person: User) -> list[SavedView]:
    """Return the filters of lists that a person may open, their own first."""
    rows = [*SavedView.objects.visible_to(person).named().order_by("name", "pk")]
    closed = closed_lists(rows, person)
    offered = [view for view in rows if view.path not in closed]
    return sorted(offered, key=lambda view: view.owner_id != person.pk)


def closed_lists(views: Iterable[SavedView], person: User) -> set[str]:
    """Return the lists of saved filters that a person may not open, by their paths."""
    paths = {view.path for view in views}
    return {path for path in paths if not may_open_list(path, person)}
