"""Counts of votes in elections, and the votes that each person had."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communities.election_querysets import BallotQuerySet, BallotVotesQuerySet
from communities.enums import BallotKind, ElectionQuorum
from communities.models.election import Candidate, Election
from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)

ValidBallots = ValidRowsManager.from_queryset(BallotQuerySet)
MOST_VOTERS = 99999
Q_FIFTHS = Q(quorum=ElectionQuorum.FOUR_FIFTHS)
Q_HALF = Q(quorum=ElectionQuorum.HALF)


class Ballot(Voidable):
    """One vote of an election that was counted.

    It is the first, one held again, or that of the committee from among itself.
    `voters` is frozen with the count: the full members of the organization on the day,
    without those left out by agreement. `quorum` is the rule that held then (R-47).
    """

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="ballots", verbose_name=_("election")
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(_("ballot"), max_length=20, choices=BallotKind)
    held_on = models.DateField(_("voted on"))
    quorum = models.CharField(
        _("voters that it needed"), max_length=20, choices=ElectionQuorum
    )
    voters = models.PositiveIntegerField(_("voters"))
    left_out = models.PositiveIntegerField(_("not counted among the voters"), default=0)
    left_out_reason = models.CharField(
        _("why they are not counted"), max_length=200, blank=True
    )
    present = models.PositiveIntegerField(_("voters present"))
    issued = models.PositiveIntegerField(_("ballots handed out"))
    valid_ballots = models.PositiveIntegerField(_("valid ballots"))
    invalid_ballots = models.PositiveIntegerField(_("invalid ballots"), default=0)

    objects = ValidBallots()
    all_objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of an election")
        verbose_name_plural = _("counts of elections")
        ordering = ["election", "number", "pk"]
        constraints = [
            plausible_dates("held_on", "voided_at", name="ballot_plausible_dates"),
            void_has_reason("ballot_voided_says_why"),
            bounded("number", least=1, most=99, name="ballot_number"),
            bounded(
                *("voters", "left_out", "present"),
                *("issued", "valid_ballots", "invalid_ballots"),
                least=0,
                most=MOST_VOTERS,
                name="ballot_numbers",
            ),
            models.UniqueConstraint(
                fields=["election", "number"],
                condition=NOT_VOIDED,
                name="ballot_number_once",
                violation_error_message=_(
                    "This count was entered already. Look at the election again."
                ),
            ),
            models.CheckConstraint(
                condition=Q(voters__gte=F("present"))
                & Q(present__gte=F("issued"))
                & Q(issued__gte=F("valid_ballots") + F("invalid_ballots")),
                name="ballot_adds_up",
                violation_error_message=_(
                    "More ballots came back than were handed out, more were handed out"
                    " than voters present, or more present than voters. Nothing was"
                    " saved: check the numbers; a vote with too many ballots is not"
                    " valid and is held again."
                ),
            ),
            models.CheckConstraint(
                condition=Q_HALF | Q(voters__gt=0, voters__lte=F("present") * 5 / 4),
                name="ballot_had_four_fifths",
                violation_error_message=_(
                    "An election needs four fifths of its voters. Nothing was saved."
                ),
            ),
            models.CheckConstraint(
                condition=Q_FIFTHS | Q(present__gt=F("voters") - F("present")),
                name="ballot_had_more_than_half",
                violation_error_message=_(
                    "An election needs more than half of its voters. Nothing was saved."
                ),
            ),
            models.CheckConstraint(
                condition=Q(left_out=0, left_out_reason="")
                | Q(left_out__gt=0) & ~Q(left_out_reason=""),
                name="ballot_left_out_for_a_reason",
                violation_error_message=_(
                    "Voters are left out for a reason that the superior and the meeting"
                    " agreed to. Write it beside their number."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """The page of the election."""
        return self.election.get_absolute_url()

    @property
    def returned(self) -> int:
        """How many ballots came back, valid or not."""
        return self.valid_ballots + self.invalid_ballots


class BallotVotes(models.Model):
    """The votes that one person had in one count.

    How many were present and how many ballots valid is repeated from the count, so that
    the database itself refuses whoever was elected by too few.
    """

    ballot = models.ForeignKey(
        Ballot, models.PROTECT, related_name="votes", verbose_name=_("ballot")
    )
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="votes", verbose_name=_("candidate")
    )
    present = models.PositiveIntegerField(_("voters present"), editable=False)
    valid_ballots = models.PositiveIntegerField(_("valid ballots"), editable=False)
    votes_for = models.PositiveIntegerField(_("votes for"))
    votes_against = models.PositiveIntegerField(_("votes against"), default=0)
    abstentions = models.PositiveIntegerField(_("abstentions"), default=0)
    is_elected = models.BooleanField(_("elected"), default=False)

    objects = BallotVotesQuerySet.as_manager()

    class Meta:
        verbose_name = _("votes for one person")
        verbose_name_plural = _("votes for people")
        ordering = ["ballot", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "candidate"],
                name="ballotvotes_candidate_once",
                violation_error_message=_("The votes of this person are entered."),
            ),
            bounded(
                *("votes_for", "votes_against", "abstentions"),
                least=0,
                most=MOST_VOTERS,
                name="ballotvotes_votes",
            ),
            models.CheckConstraint(
                condition=Q(
                    valid_ballots__gte=F("votes_for")
                    + F("votes_against")
                    + F("abstentions")
                ),
                name="ballotvotes_within_the_ballots",
                violation_error_message=_(
                    "Somebody has more votes than there were valid ballots. Nothing"
                    " was saved: check the numbers."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_elected=False)
                | Q(votes_for__gt=F("present") - F("votes_for")),
                name="ballotvotes_elected_by_more_than_half",
                violation_error_message=_(
                    "Elected is who has the votes of more than half of those present."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} {self.votes_for}"
