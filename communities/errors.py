"""Refusals about meetings."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class HoldsNoMeetings(DomainError):
    """Streets, cities and grids have no branch life of their own."""

    message = _(
        "%(name)s holds no meetings of its own. Nothing was saved: choose the branch or"
        " the community that met."
    )


class NotOfThisOrganization(DomainError):
    """Those called to a meeting belonged to the organization on its day."""

    message = _(
        "%(names)s did not belong to %(organization)s on %(day)s. Nothing was saved:"
        " list them as attending without vote."
    )


class ListedTwice(DomainError):
    """Nobody stands on an attendance list twice."""

    message = _(
        "A member stands on the list twice. Nothing was saved: mark everybody once, as"
        " present, absent or attending without vote."
    )


class MustBeThere(DomainError):
    """Who chairs a meeting or writes its minutes was there."""

    message = _(
        "%(name)s chairs the meeting or writes the minutes, but is not marked as there."
        " Nothing was saved: correct the list, or choose somebody who was there."
    )


class NoQuorum(DomainError):
    """A decision needs more than half of those who vote (R-47)."""

    message = _(
        "Only %(present)s of %(voters)s members with a vote were there; a decision"
        " needs more than half. Nothing was saved: leave the decision empty, or correct"
        " the list."
    )


class AlreadyWithdrawn(DomainError):
    """A withdrawn meeting does not change any more."""

    message = _(
        "This meeting was withdrawn on %(day)s. Nothing was changed: record it anew if"
        " it did take place."
    )


class CountedAlready(DomainError):
    """What a closed month has counted keeps its kind and its month."""

    message = _(
        "%(month)s is closed and has counted this meeting, so its day and kind stay as"
        " they are. Nothing was changed: the rest of the minutes can still be"
        " corrected."
    )


class ProjectElsewhere(DomainError):
    """A meeting serves projects of its own community."""

    message = _(
        "“%(project)s” is a project of another community. Nothing was saved: choose one"
        " of your own community, or none."
    )


class ProjectEnded(DomainError):
    """What is over cannot end a second time."""

    message = _("“%(name)s” ended on %(day)s already. Nothing was changed.")
