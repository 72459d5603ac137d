"""Refusals about large decisions that a worker carries out."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NotLookedAt(DomainError):
    """A decision is carried out only once somebody has looked at what it changes."""

    message = _(
        "Nobody has looked at what this would change, so nothing was done. Have it"
        " worked out anew, look at it, then carry it out."
    )


class DecisionUnderWay(DomainError):
    """A worker is at the decision."""

    message = _(
        "This is being worked on already. Nothing else was done: wait until the page"
        " says that it is finished."
    )


class DecisionEnded(DomainError):
    """The decision was carried out, or given up."""

    message = _(
        "This was carried out or given up already, so nothing was done. Enter the"
        " decision again if it is needed once more."
    )
