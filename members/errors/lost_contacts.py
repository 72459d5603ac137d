"""Refusals about members without contact and what is decided on them."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class MembershipSuspended(DomainError):
    """Nobody is transferred while their membership is suspended (R-22)."""

    message = _(
        "The membership of %(name)s has been suspended since %(day)s. Nothing was"
        " changed: record on the page of the search the contact and the decision that"
        " lifts the suspension; the affiliation can then be transferred."
    )


class SearchIsOver(DomainError):
    """Nothing more is decided about a search that has ended."""

    message = _(
        "The search for %(name)s is over: %(state)s. Nothing was changed: look at the"
        " case."
    )


class TooEarlyToDecide(DomainError):
    """Suspension and removal wait for their time (R-22)."""

    message = _(
        "This can be decided from %(day)s on. Nothing was changed: go on searching, or"
        " check the day of the decision."
    )


class OtherDecisionForStanding(DomainError):
    """Probationary members are not suspended; full ones are, before removal (R-24)."""

    message = _(
        "%(name)s is recorded as: %(standing)s. Nothing was changed: a full member is"
        " suspended first, a probationary membership is cancelled."
    )
