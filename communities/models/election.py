"""Elections of bodies, the seats that they fill, and who stands in them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
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
from core.db.triggers import Forbidden
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from core.text import StrOrPromise
from members.models import Member
from organizations.fitting import sql_of_temporary
from organizations.models import Unit

ValidElections = ValidRowsManager.from_queryset(ElectionQuerySet)
MOST_ELECTED = 300
"""Seats that one election fills; more is a typing error."""


class Election(Voidable):
    """One election of a body, from its call to the result that was approved.

    The voters elect first, as often as it takes; the committee elects its secretary
    from among itself afterwards. The new term begins with the approval, from the day of
    the election on.
    """

    triggers = (
        Forbidden(
            "election_in_no_temporary_branch",
            event="INSERT",
            when=sql_of_temporary(
                "(SELECT body.organization_id FROM communities_body AS body"
                " WHERE body.id = NEW.body_id)"
            ),
            message="a temporary branch elects nobody",
        ),
    )
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="elections", verbose_name=_("body")
    )
    held_on = models.DateField(_("day of the election"))
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
            models.UniqueConstraint(
                fields=["body"],
                condition=NOT_VOIDED & Q(term=None),
                name="election_one_at_a_time",
                violation_error_message=_(
                    "An election of this body is under way. Finish or void that one"
                    " first."
                ),
            ),
            both_or_neither(
                "term",
                "approved_on",
                name="election_approved_with_its_term",
                message=_("The term begins when the result is approved."),
            ),
            models.CheckConstraint(
                condition=Q(approved_on=None) | Q(approved_on__gte=models.F("held_on")),
                name="election_approved_after_it_was_held",
                violation_error_message=_(
                    "A result is approved on the day of the election or later."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {format_day(self.held_on)}"

    def get_absolute_url(self) -> str:
        """The page of the election."""
        return reverse("communities:election", args=[self.pk])

    @cached_property
    def is_counted(self) -> bool:
        """Whether votes were counted; lists read it with the election."""
        return self.ballots.filter(NOT_VOIDED).exists()

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


class ElectionPost(models.Model):
    """How many seats of a kind an election fills, and who elects into them.

    What the committee elects from among itself is filled by people whom the voters
    elected into the other seats.
    """

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="posts", verbose_name=_("election")
    )
    kind = models.ForeignKey(
        SeatKind, models.PROTECT, related_name="+", verbose_name=_("seat")
    )
    seats = models.PositiveSmallIntegerField(_("seats to fill"))
    by_committee = models.BooleanField(
        _("elected by the committee from among itself"), default=False
    )

    class Meta:
        verbose_name = _("seats of an election")
        verbose_name_plural = _("seats of elections")
        ordering = ["election", "kind__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "kind"],
                name="electionpost_kind_once",
                violation_error_message=_("The election names this seat already."),
            ),
            bounded("seats", least=1, most=MOST_ELECTED, name="electionpost_seats"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.seats}"


class Candidate(models.Model):
    """Somebody who stands for a seat in an election, or was written in.

    Whoever the committee elects from among itself stands a second time, for that seat.
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
    by_committee = models.BooleanField(
        _("elected by the committee from among itself"), default=False, editable=False
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
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="candidacies",
        verbose_name=_("delegate of the unit"),
    )
    is_written_in = models.BooleanField(_("written in by voters"), default=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, editable=False)
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
            *(
                models.UniqueConstraint(
                    fields=["election", person, *also],
                    condition=Q(withdrawn_on=None, by_committee=by_committee),
                    name=f"candidate_{name}_once",
                    violation_error_message=_(
                        "This person stands in the election already."
                    ),
                )
                for person, name, also, by_committee in (
                    ("member", "member", (), False),
                    ("non_member", "person", (), False),
                    ("member", "officer", ("kind",), True),
                    ("non_member", "other_officer", ("kind",), True),
                )
            ),
            models.CheckConstraint(
                condition=~Q(by_committee=True, is_written_in=True),
                name="candidate_written_in_by_voters",
                violation_error_message=_("Voters alone write somebody in."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def person(self) -> Any:
        """The member or other person who stands."""
        return self.member or self.non_member

    @property
    def person_key(self) -> tuple[int | None, int | None]:
        """Who stands, whatever for."""
        return self.member_id, self.non_member_id

    @property
    def name(self) -> str:
        """The name of who stands, as lists write it."""
        return str(self.person.name)

    @property
    def choice_label(self) -> str:
        """What the candidate is called where one is chosen among many."""
        return str(self.person.choice_label)
