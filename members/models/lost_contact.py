"""Members with whom contact was lost (失联党员), from the search to a decision."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.db.constraints import plausible_dates
from core.db.fields import NumberTextField
from members.enums import BEING_SEARCHED, GROUNDS_ABROAD, LostGround, LostState
from members.models.member import Member
from members.querysets import LostContactQuerySet

S = LostState
# An unknown day makes no condition false, so each is asked for by name.
LIFE, DUES = Q(last_life_on__isnull=False), Q(last_dues_on__isnull=False)
LOST = F("lost_on")
UNDECIDED = Q(decided_on=None, decision_number="")
DECIDED = Q(decided_on__isnull=False) & ~Q(decision_number="")
NOT_SUSPENDED = Q(suspended_on=None, suspension_number="", remove_from=None)
SUSPENDED = Q(
    suspended_on__isnull=False,
    suspended_on__gte=F("decide_from"),
    remove_from__isnull=False,
    remove_from__gt=F("suspended_on"),
) & ~Q(suspension_number="")
SUSPENDED_ABROAD = Q(
    ground__in=GROUNDS_ABROAD,
    suspended_on__isnull=False,
    suspended_on__gte=F("decide_from"),
    remove_from=None,
) & ~Q(suspension_number="")
AS_DECIDED = SUSPENDED | SUSPENDED_ABROAD
EITHER = NOT_SUSPENDED | AS_DECIDED
NO_CONTACT, CONTACT = Q(contacted_on=None), Q(contacted_on__isnull=False)
RULES: list[Any] = [
    plausible_dates(
        *("last_life_on", "last_dues_on", "lost_on", "decide_from", "suspended_on"),
        *("remove_from", "decided_on", "contacted_on"),
        name="lostcontact_plausible_dates",
    ),
    models.CheckConstraint(
        condition=Q(ground__in=GROUNDS_ABROAD, last_life_on=None, last_dues_on=None)
        | LIFE & Q(last_life_on=LOST, last_dues_on=None)
        | DUES & Q(last_dues_on=LOST, last_life_on=None)
        | LIFE & DUES & Q(last_life_on=LOST, last_dues_on__lte=LOST)
        | LIFE & DUES & Q(last_dues_on=LOST, last_life_on__lte=LOST),
        name="lostcontact_since_the_later_day",
        violation_error_message=_(
            "Contact was lost on the later day of the last organization life and the"
            " last dues. Nothing was saved: enter at least one of both."
        ),
    ),
    models.CheckConstraint(
        condition=NO_CONTACT
        & (
            Q(NOT_SUSPENDED, UNDECIDED, state=S.SEARCHING)
            | Q(NOT_SUSPENDED, UNDECIDED, state=S.ABROAD, ground__in=GROUNDS_ABROAD)
            | Q(AS_DECIDED, UNDECIDED, state=S.SUSPENDED)
            | Q(SUSPENDED, DECIDED, state=S.REMOVED)
            | Q(NOT_SUSPENDED, DECIDED, state=S.CANCELLED)
            | Q(UNDECIDED & EITHER, state__in=[S.CLOSED, S.VOIDED])
        )
        | CONTACT & Q(UNDECIDED & NOT_SUSPENDED, state=S.FOUND)
        | CONTACT & Q(DECIDED & AS_DECIDED, state=S.FOUND),
        name="lostcontact_decided_as_far_as_it_has_come",
        violation_error_message=_(
            "A decision has its day and its number, and no decision comes before its"
            " time. Nothing was saved: check the day and the number."
        ),
    ),
    models.CheckConstraint(
        condition=~Q(state=S.REMOVED) | Q(decided_on__gte=F("remove_from")),
        name="lostcontact_removed_after_two_years",
        violation_error_message=_(
            "Somebody is removed two years after the suspension at the earliest."
            " Nothing was saved: check the day of the decision."
        ),
    ),
    models.CheckConstraint(
        condition=~Q(state=S.CANCELLED) | Q(decided_on__gte=F("decide_from")),
        name="lostcontact_cancelled_after_six_months",
        violation_error_message=_(
            "A probationary membership is cancelled six months after contact was lost"
            " at the earliest. Nothing was saved: check the day of the decision."
        ),
    ),
    models.CheckConstraint(
        condition=NO_CONTACT | Q(contacted_on__gt=LOST),
        name="lostcontact_found_afterwards",
        violation_error_message=_(
            "The day of the contact lies before contact was lost. Nothing was saved:"
            " check the day."
        ),
    ),
    models.UniqueConstraint(
        fields=["member"],
        condition=Q(state__in=BEING_SEARCHED),
        name="lostcontact_one_open_per_member",
        violation_error_message=_(
            "This member is being searched for already. Nothing was saved: open that"
            " case."
        ),
    ),
]


class LostContact(models.Model):
    """The search for a member without contact, and what was decided.

    Contact counts as lost on the later day of the last organization life and the last
    dues; any other contact ends the search and never moves that day (R-23).
    `decide_from` is six months later, `remove_from` two years after the suspension.
    While membership is suspended the member still belongs to the branch. Of members
    abroad `lost_on` is since when, and no removal follows (R-25).
    """

    case = models.OneToOneField(
        Case, models.PROTECT, related_name="lost_contact", verbose_name=_("case")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="lost_contacts", verbose_name=_("member")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=LostState, default=LostState.SEARCHING
    )
    ground = models.CharField(
        _("ground"), max_length=10, choices=LostGround, default=LostGround.SILENCE
    )
    last_life_on = models.DateField(_("last organization life"), null=True, blank=True)
    last_dues_on = models.DateField(_("last dues paid on"), null=True, blank=True)
    lost_on = models.DateField(_("contact lost on"), editable=False)
    decide_from = models.DateField(_("can be decided from"), editable=False)
    suspended_on = models.DateField(_("suspended on"), null=True, blank=True)
    suspension_number = NumberTextField(
        _("number of the suspension"), max_length=40, blank=True
    )
    remove_from = models.DateField(
        _("can be removed from"), null=True, blank=True, editable=False
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_number = NumberTextField(
        _("number of the decision"), max_length=40, blank=True
    )
    contacted_on = models.DateField(_("contact again on"), null=True, blank=True)

    objects = LostContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("lost contact")
        verbose_name_plural = _("lost contacts")
        ordering = ["lost_on", "pk"]
        constraints = RULES

    def __str__(self) -> str:
        return f"{self.member.name} · {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return self.case.get_absolute_url()

    @property
    def is_open(self) -> bool:
        """Whether the search goes on."""
        return self.state in BEING_SEARCHED

    @property
    def is_abroad(self) -> bool:
        """Whether it is decided on a member who went abroad (R-25)."""
        return self.ground in GROUNDS_ABROAD
