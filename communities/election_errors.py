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
        "%(candidates)s people stand for %(seats)s seats (%(seat)s). Nothing was saved:"
        " nominate more candidates first."
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


class VotesOfSeveralDoNotAddUp(VotesDoNotAddUp):
    """The votes of more than one person do not add up."""

    message = _(
        "There were %(ballots)s valid ballots, but the votes of these people are not as"
        " many together: %(people)s. Nothing was saved: check the numbers."
    )


class SeveralFaults(DomainError):
    """All that is wrong with a count, so that it is put right at once."""

    message = "%(faults)s"


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
        " let them vote again, or void this election and call another one."
    )


class TermOfElection(DomainError):
    """A term that an election began is voided with the approval of that election."""

    message = _(
        "This term was begun by the election of %(day)s. Nothing was changed: take the"
        " approval back on the page of that election; the term is voided with it."
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


class AlreadyCalled(DomainError):
    """A body has one election at a time."""

    message = _(
        "The election of %(name)s on %(day)s is under way. Nothing was saved: finish"
        " that one, or call it off first."
    )


class NoSeatsCalled(DomainError):
    """An election fills at least one seat by the votes of the voters."""

    message = _(
        "No seat is to be filled by the voters. Nothing was saved: enter how many seats"
        " they fill."
    )


class TooManySeatsCalled(DomainError):
    """An election fills no more seats than the body may have."""

    message = _(
        "The body has at most %(most)s such seats (%(seat)s). Nothing was saved: check"
        " the number."
    )


class CommitteeChooses(DomainError):
    """Some seats are filled by the committee from among itself, others by voters."""

    message = _(
        "This election does not fill the seat %(seat)s in this way. Nothing was saved:"
        " choose another seat."
    )


class NotOnCommittee(DomainError):
    """The committee elects its officers from among itself."""

    message = _(
        "The voters did not elect %(name)s into the committee. Nothing was saved:"
        " propose somebody whom they elected."
    )


class VotesEntered(DomainError):
    """Whose votes were counted stays on the list."""

    message = _(
        "The votes of %(name)s were counted. Nothing was changed: if the count is"
        " wrong, correct it."
    )


class AlreadyApproved(DomainError):
    """A result is approved once."""

    message = _(
        "The result of this election was approved on %(day)s. Nothing was changed: if"
        " the approval was mistyped, correct it on the page of the election."
    )


class NotApproved(DomainError):
    """What was not approved is not taken back."""

    message = _("The result of this election was not approved. Nothing was changed.")


class LeaderNotElected(DomainError):
    """A committee is approved together with its leader."""

    message = _(
        "The committee has not elected its leader yet (%(seat)s). Nothing was changed:"
        " enter the count of its first meeting first."
    )


class CommitteeNotElected(DomainError):
    """Nobody is proposed to a committee that is not there."""

    message = _(
        "The voters have not elected a committee yet that could elect its officers."
        " Nothing was saved: enter their count first."
    )


class NobodyProposed(DomainError):
    """The committee votes on people who are proposed."""

    message = _(
        "Nobody is proposed for the offices of the committee. Nothing was saved:"
        " propose somebody first."
    )


class OfficersCounted(DomainError):
    """The voters do not vote again after the committee has."""

    message = _(
        "The committee has elected its officers already. Nothing was saved: if that"
        " count is wrong, correct or void it."
    )


class NobodyLeft(DomainError):
    """Another ballot is about people who were not elected yet."""

    message = _(
        "Nobody stands for the seats that are left. Nothing was saved: nominate"
        " somebody first, or have the result approved as it is."
    )


class NotTheLastCount(DomainError):
    """A count on which a later one rests stays as it is."""

    message = _(
        "A later count rests on this one. Nothing was changed: void the later count"
        " first, then correct this one and enter the later one again."
    )


class CountedTooEarly(DomainError):
    """A ballot is not held before the election, or before the one before it."""

    message = _(
        "This vote cannot have been held on %(day)s, before %(first)s. Nothing was"
        " saved: check the day."
    )


class TermEndedSince(DomainError):
    """A term after which another one began stays as it is."""

    message = _(
        "Another term of %(name)s has begun since, or the body has ended. Nothing was"
        " changed: void that first."
    )


class ElectedSince(DomainError):
    """A term in which others took seats since stays as it is."""

    message = _(
        "These people took seats in this term after the election: %(names)s. Nothing"
        " was changed: void the entries about them first."
    )
