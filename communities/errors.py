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
    """Members called to a meeting must belong to the organization on its day."""

    message = _(
        "%(names)s did not belong to %(organization)s on %(day)s. Nothing was saved:"
        " list them as attending without vote."
    )


class ListedTwice(DomainError):
    """An attendance list names each member once."""

    message = _(
        "A member is on the list twice. Nothing was saved: mark everybody once, as"
        " present, absent or attending without vote."
    )


class MustBeThere(DomainError):
    """The chair and the recorder of a meeting must be present."""

    message = _(
        "%(name)s chairs the meeting or writes the minutes, but is not marked as there."
        " Nothing was saved: correct the list, or choose somebody who was there."
    )


class NoQuorum(DomainError):
    """A decision needs more than half of the voters (R-47)."""

    message = _(
        "Only %(present)s of %(voters)s members with a vote were there; a decision"
        " needs more than half. Nothing was saved: leave the decision empty, or correct"
        " the list."
    )


class AlreadyVoided(DomainError):
    """A voided meeting cannot be changed."""

    message = _(
        "This meeting was voided on %(day)s. Nothing was changed: record it anew if"
        " it did take place."
    )


class CountedAlready(DomainError):
    """A meeting counted in a closed month keeps its kind and its month."""

    message = _(
        "%(month)s is closed and has counted this meeting, so its day and kind stay as"
        " they are. Nothing was changed: the rest of the minutes can still be"
        " corrected."
    )


class ProjectElsewhere(DomainError):
    """A meeting may name only projects of its own community."""

    message = _(
        "“%(project)s” is a project of another community. Nothing was saved: choose one"
        " of your own community, or none."
    )


class ProjectEnded(DomainError):
    """A project that has ended cannot be ended again."""

    message = _("“%(name)s” ended on %(day)s already. Nothing was changed.")


class ProjectInUse(DomainError):
    """A project that posts, targets, meetings or money name was no mistake."""

    message = _(
        "“%(name)s” is named by other records (%(kinds)s), so it cannot be voided."
        " Nothing was changed: end the project, or correct those records first."
    )


class ProjectVoided(DomainError):
    """A voided project cannot be changed."""

    message = _(
        "“%(name)s” was voided as a mistake on %(day)s. Nothing was changed: start it"
        " anew if it does take place."
    )
