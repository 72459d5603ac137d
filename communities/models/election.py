"""Elections of bodies, and who stands in them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.election_querysets import CandidateQuerySet, ElectionQuerySet
from communities.models.body import Body, SeatKind
from communities.models.seat import NonMember, SeatHolding
from communities.models.term import TermOfOffice
from core.dates import format_day
from core.db.bounds import bounded
from core.db.constraints import both_or_neither, plausible_dates
from core.db.fields import NumberTextField
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from core.text import StrOrPromise
from members.models import Member

ValidElections = ValidRowsManager.from_queryset(ElectionQuerySet)
MOST_VOTERS = 99999


class Election(Voidable):
    """One election of a body, from its call to the result that was approved.

    `voters` is frozen when the votes are counted: the full members of the organization
    on the day, without those left out by agreement. The new term begins with the
    approval, from the day of the election on.
    """

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="elections", verbose_name=_("body")
    )
    held_on = models.DateField(_("day of the election"))
    seats = models.PositiveSmallIntegerField(_("seats to fill"))
    voters = models.PositiveIntegerField(_("voters"), null=True, editable=False)
    left_out = models.PositiveIntegerField(
        _("not counted among the voters"), default=0, editable=False
    )
    left_out_reason = models.CharField(
        _("why they are not counted"), max_length=200, blank=True, editable=False
    )
    present = models.PositiveIntegerField(
        _("voters present"), null=True, editable=False
    )
    valid_ballots = models.PositiveIntegerField(
        _("valid ballots"), null=True, editable=False
    )
    approved_by = models.CharField(_("approved by"), max_length=60, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approval_number = NumberTextField(
        _("number of the approval"), max_length=60, blank=True
    )
    term = models.OneToOneField(
        TermOfOffice,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="election",
        verbose_name=_("term that it began"),
    )

    objects = ValidElections()
    all_objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ["-held_on", "-pk"]
        constraints = [
            plausible_dates(
                *("held_on", "approved_on", "voided_at"),
                name="election_plausible_dates",
            ),
            void_has_reason("election_voided_says_why"),
            bounded("seats", least=1, most=300, name="election_seats"),
            bounded(
                *("voters", "left_out", "present", "valid_ballots"),
                least=0,
                most=MOST_VOTERS,
                name="election_numbers",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=NOT_VOIDED & Q(term=None),
                name="election_one_at_a_time",
                violation_error_message=_(
                    "An election of this body is under way. Finish or void that one"
                    " first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(voters=None, present=None, valid_ballots=None)
                | Q(
                    voters__gte=F("present"),
                    present__gte=F("valid_ballots"),
                    valid_ballots__isnull=False,
                ),
                name="election_count_adds_up",
                violation_error_message=_(
                    "There are more valid ballots than voters present, or more present"
                    " than voters. Nothing was saved: check the numbers."
                ),
            ),
            models.CheckConstraint(
                condition=Q(left_out=0, left_out_reason="")
                | Q(left_out__gt=0) & ~Q(left_out_reason=""),
                name="election_left_out_for_a_reason",
                violation_error_message=_(
                    "Voters are left out for a reason that the superior and the meeting"
                    " agreed to. Write it beside their number."
                ),
            ),
            both_or_neither(
                "term",
                "approved_on",
                name="election_approved_with_its_term",
                message=_("The term begins when the result is approved."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {format_day(self.held_on)}"

    def get_absolute_url(self) -> str:
        """The page of the election."""
        return reverse("communities:election", args=[self.pk])

    @property
    def is_counted(self) -> bool:
        """Whether the votes were counted."""
        return self.voters is not None

    @property
    def is_over(self) -> bool:
        """Whether the result was approved and its term has begun."""
        return self.term_id is not None

    @property
    def state_label(self) -> StrOrPromise:
        """How far the election has come."""
        if self.voided_at is not None:
            return _("Voided")
        if self.is_over:
            return _("Approved, the term has begun")
        if self.is_counted:
            return _("Counted, to be approved")
        return pgettext_lazy("election", "Called")


class Candidate(models.Model):
    """Somebody who stands for a seat in an election, with the votes that were cast.

    Elected is who has the votes of more than half of those present, in the order of
    the votes, until the seats are filled.
    """

    election = models.ForeignKey(
        Election,
        models.PROTECT,
        related_name="candidates",
        verbose_name=_("election"),
    )
    kind = models.ForeignKey(
        SeatKind, models.PROTECT, related_name="+", verbose_name=_("stands for")
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="candidacies",
        verbose_name=_("member"),
    )
    non_member = models.ForeignKey(
        NonMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="candidacies",
        verbose_name=_("person who is no Party member"),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, editable=False)
    votes_for = models.PositiveIntegerField(_("votes for"), null=True, editable=False)
    votes_against = models.PositiveIntegerField(
        _("votes against"), null=True, editable=False
    )
    abstentions = models.PositiveIntegerField(
        _("abstentions"), null=True, editable=False
    )
    is_elected = models.BooleanField(_("elected"), default=False, editable=False)
    holding = models.OneToOneField(
        SeatHolding,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="candidate",
        verbose_name=_("seat that was taken"),
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["election", "pk"]
        constraints = [
            plausible_dates("withdrawn_on", name="candidate_plausible_dates"),
            models.CheckConstraint(
                condition=Q(member__isnull=False, non_member=None)
                | Q(member=None, non_member__isnull=False),
                name="candidate_is_one_person",
                violation_error_message=_("A candidate is one person."),
            ),
            models.UniqueConstraint(
                fields=["election", "member"],
                condition=Q(withdrawn_on=None),
                name="candidate_member_once",
                violation_error_message=_(
                    "This person stands in the election already."
                ),
            ),
            models.UniqueConstraint(
                fields=["election", "non_member"],
                condition=Q(withdrawn_on=None),
                name="candidate_person_once",
                violation_error_message=_(
                    "This person stands in the election already."
                ),
            ),
            models.CheckConstraint(
                condition=Q(votes_for=None, votes_against=None, abstentions=None)
                | Q(
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    abstentions__isnull=False,
                    withdrawn_on=None,
                ),
                name="candidate_votes_are_whole",
                violation_error_message=_(
                    "Votes for, against and abstentions are entered together."
                ),
            ),
            bounded(
                *("votes_for", "votes_against", "abstentions"),
                least=0,
                most=MOST_VOTERS,
                name="candidate_votes",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def person(self) -> Any:
        """The member or other person who stands."""
        return self.member or self.non_member

    @property
    def name(self) -> str:
        """The name of who stands, as lists write it."""
        return str(self.person.name)
