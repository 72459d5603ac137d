"""How the members of a month hang together: what was, came and went is what is.

The opening of a month is the closing that was published for the month before. What
the gains and losses do not explain (a branch that was moved here, for one) stands in a
line of its own, the adjustment, and is never spread over the others.
"""

from collections.abc import Mapping
from decimal import Decimal

OPENING, CLOSING = "members_opening", "members_closing"
GAINS = ("members_developed", "members_in", "members_other_gain")
LOSSES = ("members_out", "members_died", "members_other_loss")
ADJUSTMENT = "adjustment"
BALANCE = (OPENING, *GAINS, *LOSSES, CLOSING)


def change(values: Mapping[str, Decimal]) -> Decimal:
    """Return by how much the gains of a month exceed its losses."""
    return sum((values[key] for key in GAINS), Decimal()) - sum(
        (values[key] for key in LOSSES), Decimal()
    )


def completed(
    values: Mapping[str, Decimal], carried: Decimal | None
) -> dict[str, Decimal]:
    """Carry the published closing forward, and add what the month does not explain."""
    full = dict(values)
    if carried is not None:
        full[OPENING] = carried
    full[ADJUSTMENT] = full[CLOSING] - full[OPENING] - change(full)
    return full
