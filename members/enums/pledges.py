"""Choices of what members promise."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class PledgeState(TextChoices):
    """How far a promise has come: from writing it to what came of it."""

    PROPOSED = "proposed", pgettext_lazy("pledge", "Waits to be accepted")
    RETURNED = "returned", pgettext_lazy("pledge", "To be made more concrete")
    ACCEPTED = "accepted", pgettext_lazy("pledge", "Accepted, being kept")
    KEPT = "kept", pgettext_lazy("pledge", "Kept")
    PARTLY = "partly", pgettext_lazy("pledge", "Partly kept")
    NOT_KEPT = "not_kept", pgettext_lazy("pledge", "Not kept")
    LAPSED = "lapsed", pgettext_lazy("pledge", "Lapsed: the member left")


class PledgeDue(TextChoices):
    """Which promises wait for somebody, for the list."""

    REVIEW = "review", pgettext_lazy("pledge", "To be accepted")
    OUTCOME = "outcome", pgettext_lazy("pledge", "Period over, outcome missing")


PLEDGE_OUTCOMES = (PledgeState.KEPT, PledgeState.PARTLY, PledgeState.NOT_KEPT)
SETTLED_PLEDGES = (*PLEDGE_OUTCOMES, PledgeState.LAPSED)
OPEN_PLEDGES = (PledgeState.PROPOSED, PledgeState.RETURNED, PledgeState.ACCEPTED)
COUNTED_PLEDGES = (PledgeState.ACCEPTED, *PLEDGE_OUTCOMES)
"""What counts as promised: what the branch or community once accepted."""
