"""The funnels of several streets: each with its round that began last (S4-11)."""

from collections import Counter

from core.actors import Actor, scope_of
from core.db.querysets import any_of
from core.db.tree import path_range
from members.funnels import TOGETHER, FunnelLine, build_funnel
from members.models import CheckInRound
from organizations.models import Organization
from organizations.roles import READERS


def build_street_funnels(user: Actor) -> list[FunnelLine]:
    """Return a line for each street of the reader's area, and that of all together.

    A street that has begun no round yet has a line without numbers, and is not in the
    sum. Readers below a street have its line, with the people of their own area.
    """
    rounds: dict[int, CheckInRound] = {}
    begun = CheckInRound.objects.visible_to(user).begun()
    for row in begun.select_related("organization"):
        rounds.setdefault(row.organization_id, row)
    lines = [
        _line_of(street, rounds.get(street.pk), user)
        for street in _streets_of(user, rounds)
    ]
    counted: Counter[str] = Counter()
    for line in lines:
        counted.update(line.counts)
    whole = FunnelLine(TOGETHER, dict(counted), None, {})
    return [*lines, whole] if len(lines) > 1 else lines


def _streets_of(user: Actor, rounds: dict[int, CheckInRound]) -> list[Organization]:
    paths = scope_of(user).seen_paths(READERS)
    below = any_of(path_range("", path) for path in paths)
    streets = Organization.objects.streets()
    found = streets.filter(below).open() | streets.filter(pk__in=rounds)
    return [*found.order_by("path")]


def _line_of(street: Organization, row: CheckInRound | None, user: Actor) -> FunnelLine:
    if row is None:
        return FunnelLine(street.name, {}, None, {})
    _lines, whole = build_funnel(row, user, by_unit=False)
    return FunnelLine(street.name, whole.counts, row, {}, whole.opens)
