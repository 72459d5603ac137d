"""Refusals about meetings, projects and bodies."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class TemporaryElectsNobody(DomainError):
    """Who leads a temporary branch is named by the organization above it (R-07)."""

    message = _(
        "%(name)s is a temporary branch and elects nobody. Nothing was saved: let"
        " whoever was named take the seat."
    )


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


class DiedBefore(DomainError):
    """Nobody attends a meeting after their death."""

    message = _(
        "%(names)s died before %(day)s. Nothing was saved: take the tick away that says"
        " they were called, or check the day of the death on the member's page."
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


class KindNotInForce(DomainError):
    """Bodies are set up only of a kind that holds on the day."""

    message = _(
        "No body of the kind “%(kind)s” is set up any more on %(day)s. Nothing was"
        " saved: choose another kind, or give the kind a later end."
    )


class BodyEnded(DomainError):
    """Nothing is changed in a body that has ended."""

    message = _(
        "%(name)s ended on %(day)s. Nothing was changed: what was is kept as it was."
    )


class BodyVoided(DomainError):
    """A body that was voided as a mistake is not used."""

    message = _(
        "%(name)s was voided on %(day)s. Nothing was changed: set it up anew if it"
        " exists."
    )


class BodyInUse(DomainError):
    """A body that had people in it was no mistake."""

    message = _(
        "%(name)s has people on its roster. Nothing was changed: void their entries"
        " first if all is a mistake; otherwise end the body."
    )


class OutsideBody(DomainError):
    """Terms and holdings of seats lie within the life of their body."""

    message = _(
        "%(name)s was set up on %(first)s, and this is to begin on %(day)s. Nothing was"
        " saved: correct one of the two days."
    )


class BeforeTerm(DomainError):
    """A leader's first day is not before the election of the committee (R-10)."""

    message = _(
        "The term began on %(first)s, and this is to begin on %(day)s. Nothing was"
        " saved: a seat is taken in the term, not before it."
    )


class NoTerms(DomainError):
    """Bodies of some kinds have no terms."""

    message = _("%(name)s has no terms of office. Nothing was saved.")


class TermNotAfter(DomainError):
    """A new term begins after the last one began."""

    message = _(
        "The last term began on %(first)s; a new one begins after that. Nothing was"
        " saved: correct the day."
    )


class EarlyTermNotApproved(DomainError):
    """A term that begins before the last one has run out is approved (R-05)."""

    message = _(
        "The last term runs until %(last)s. To begin a new one before that needs the"
        " approval of the superior: enter who approved it and when. Nothing was saved."
    )


class ExtendedTooFar(DomainError):
    """A term is extended once, by a year at most (R-05)."""

    message = _(
        "A term is extended until %(most)s at most, a year beyond its regular end."
        " Nothing was saved: choose an earlier day."
    )


class NotExtended(DomainError):
    """An extension ends later than the term did."""

    message = _(
        "The term already runs until %(last)s. Nothing was saved: choose a later day."
    )


class AnotherTermBegan(DomainError):
    """Only the last term of a body is extended."""

    message = _("A later term has begun. Nothing was saved.")


class NoSeatLeft(DomainError):
    """There are no more seats of a kind than its most."""

    message = _(
        "%(body)s may have %(most)s seats of the kind “%(seat)s” at most. Nothing was"
        " saved: vacate one first."
    )


class SeatClosed(DomainError):
    """A closed seat is not held by anybody."""

    message = _("This seat is closed. Nothing was saved: open another one.")


class SeatHeld(DomainError):
    """A seat that somebody holds is not closed."""

    message = _(
        "%(name)s holds this seat. Nothing was changed: vacate it before you close it."
    )


class MembersAlone(DomainError):
    """Only Party members sit in a committee of the Party."""

    message = _(
        "Only Party members sit in %(body)s, and %(name)s is not recorded as one."
        " Nothing was saved: record the member first, or choose another body."
    )


class NoDelegates(DomainError):
    """Units send delegates only to bodies that are open to them."""

    message = _("No unit sends delegates to %(body)s. Nothing was saved.")


class HolderGone(DomainError):
    """Somebody whose membership has ended takes no seat as a member."""

    message = _(
        "The membership of %(name)s ended on %(day)s. Nothing was saved: choose"
        " somebody who was a member then."
    )


class HolderElsewhere(DomainError):
    """Who left the place of a body of members alone does not sit in it any more."""

    message = _(
        "%(name)s belonged to the place of %(body)s on that day and no longer does."
        " Nothing was saved: enter a later day if the seat is to be held from outside,"
        " or choose somebody else."
    )


class HoldingVoided(DomainError):
    """An entry that was voided is not changed."""

    message = _("This entry was voided on %(day)s. Nothing was changed.")


class SeatLeft(DomainError):
    """A seat is vacated once."""

    message = _("%(name)s left this seat on %(day)s already. Nothing was changed.")
