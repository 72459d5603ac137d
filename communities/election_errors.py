"""Refusals about elections."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NotElected(DomainError):
    """A body that is not filled by election has none."""

    message = _(
        "%(name)s is not filled by election. Nothing was saved: begin a term, or let"
        " people take its seats."
    )


class ElectionVoided(DomainError):
    """A voided election is not changed."""

    message = _("This election was voided. Nothing was changed.")


class ElectionOver(DomainError):
    """An approved election is not changed."""

    message = _(
        "The result of this election was approved and its term has begun. Nothing was"
        " changed."
    )


class CountedBefore(DomainError):
    """Who stands is not changed once the votes were counted."""

    message = _("The votes of this election were counted. Nothing was changed.")


class ApprovedBeforeElection(DomainError):
    """A result is approved on the day of the election or later."""

    message = _(
        "The election was held on %(held)s, so its result cannot have been approved on"
        " %(approved)s. Nothing was saved: check the day of the approval."
    )


class NotCounted(DomainError):
    """A result is approved once there is one."""

    message = _(
        "The votes of this election were not counted yet. Nothing was changed: enter"
        " the count first."
    )


class TooFewCandidates(DomainError):
    """More people stand than there are seats, or as many."""

    message = _(
        "%(candidates)s people stand for %(seats)s seats. Nothing was saved: nominate"
        " more candidates first."
    )


class TooFewVoters(DomainError):
    """An election without enough voters is not valid (R-47)."""

    message = _(
        "Only %(present)s of %(voters)s voters were there; the election needs"
        " %(needed)s. Nothing was saved: hold it again on another day, or correct the"
        " numbers."
    )


class VotesDoNotAddUp(DomainError):
    """Votes for and against and abstentions are as many as valid ballots."""

    message = _(
        "The votes of %(name)s are %(votes)s together, but there were %(ballots)s valid"
        " ballots. Nothing was saved: check the numbers."
    )


class TooManyVotes(DomainError):
    """No ballot is for more people than there are seats."""

    message = _(
        "%(votes)s votes in favour are more than %(ballots)s valid ballots can give for"
        " %(seats)s seats. Nothing was saved: check the numbers."
    )


class NobodyElected(DomainError):
    """A term does not begin without anybody elected."""

    message = _(
        "Nobody has the votes of more than half of those present. Nothing was changed:"
        " void this election and call another one."
    )


class TermOfElection(DomainError):
    """A term that an election began is not voided by itself."""

    message = _(
        "This term was begun by an election whose result was approved. Nothing was"
        " changed."
    )


class ElectionUnderWay(DomainError):
    """A body does not end during an election."""

    message = _(
        "An election of %(name)s is under way. Nothing was changed: void it first."
    )


class NoMemberStands(DomainError):
    """Only full members stand for a committee of the Party."""

    message = _(
        "%(name)s is not a full member on %(day)s. Nothing was saved: only full members"
        " stand for a committee of the Party."
    )


class NotThereYet(DomainError):
    """Votes are counted on the day of the election or after it."""

    message = _("The election is on %(day)s. Nothing was saved: count it then.")
