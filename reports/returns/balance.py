"""Balance the members of a month: opening plus gains minus losses is the closing.

A month opens with the closing that was published for the month before. What gains and
losses do not explain (a void after closing, a branch moved here) is a line of its own,
the adjustment, and is never distributed over the others. `reports.returns.adjustment`
lists its entries.
"""

from collections.abc import Mapping
from decimal import Decimal

OPENING, CLOSING = "members_opening", "members_closing"
GAINS = ("members_developed", "members_in", "members_other_gain")
LOSSES = ("members_out", "members_died", "members_other_loss")
ADJUSTMENT = "adjustment"
BALANCE = (OPENING, *GAINS, *LOSSES, CLOSING)


def net_change(values: Mapping[str, Decimal]) -> Decimal:
    """Return by how much the gains of a month exceed its losses."""
    return sum((values[key] for key in GAINS), Decimal()) - sum(
        (values[key] for key in LOSSES), Decimal()
    )


def complete_balance(
    values: Mapping[str, Decimal], opening: Decimal | None
) -> dict[str, Decimal]:
    """Set the published opening if there is one, and add the adjustment."""
    balanced = dict(values)
    if opening is not None:
        balanced[OPENING] = opening
    balanced[ADJUSTMENT] = balanced[CLOSING] - balanced[OPENING] - net_change(balanced)
    return balanced
