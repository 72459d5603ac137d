"""The constraints of transfers: which dates, places and reasons each state has."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.constraints import both_or_neither, plausible_dates
from members.enums import UNDER_WAY, TransferKind, TransferState

K, S = TransferKind, TransferState
MOST_VALID_DAYS = 90  # no letter is good for more than three months
MOST_PEOPLE = 500  # on one letter

NO_LETTER = Q(issued_on=None, valid_days=None, valid_until=None)
LETTER = Q(issued_on__isnull=False, valid_days__isnull=False, valid_until__isnull=False)
OPEN = Q(closed_on=None)
UNNUMBERED = Q(year=None, serial=None)
NUMBERED = Q(year__isnull=False, serial__isnull=False)
RULES: list[Any] = [
    plausible_dates(
        "proposed_on",
        "issued_on",
        "valid_until",
        "arrived_on",
        "closed_on",
        "rested_on",
        name="transfer_plausible_dates",
    ),
    bounded("line", least=1, most=MOST_PEOPLE, name="transfer_line"),
    bounded("valid_days", least=1, most=MOST_VALID_DAYS, name="transfer_validity"),
    models.CheckConstraint(
        condition=Q(kind=K.WITHIN, member__isnull=False, origin__isnull=False)
        & Q(issuer__isnull=False, addressee__isnull=False, destination__isnull=False)
        & Q(from_text="", to_text="", foreign_number="")
        | Q(kind=K.OUT, member__isnull=False, origin__isnull=False)
        & Q(issuer__isnull=False, addressee=None, destination=None)
        & Q(from_text="", foreign_number="")
        & ~Q(to_text="")
        | Q(kind=K.IN, origin=None, issuer=None, to_text="")
        & Q(addressee__isnull=False, destination__isnull=False)
        & ~Q(from_text="")
        & ~Q(foreign_number="")
        & ~Q(person_name=""),
        name="transfer_says_from_where_to_where",
        violation_error_message=_(
            "A transfer says from where it comes and to where it goes: places of the"
            " city are chosen, others are written in words, and a letter from outside"
            " has its number and names the person."
        ),
    ),
    models.CheckConstraint(
        condition=Q(NO_LETTER, OPEN, state=S.PROPOSED)
        | Q(LETTER, OPEN, state=S.ISSUED)
        | Q(LETTER, closed_on__isnull=False)
        & Q(state__in=[S.RECEIVED, S.REFUSED, S.EXPIRED])
        | Q(state=S.VOIDED, closed_on__isnull=False) & (NO_LETTER | LETTER),
        name="transfer_dated_as_far_as_it_has_come",
        violation_error_message=_(
            "A transfer has the days of the steps that it has taken, and no others."
        ),
    ),
    models.CheckConstraint(
        condition=Q(kind=K.IN, issued_on__isnull=False) & UNNUMBERED
        | ~Q(kind=K.IN) & Q(issued_on=None) & UNNUMBERED
        | ~Q(kind=K.IN) & Q(issued_on__isnull=False) & NUMBERED,
        name="transfer_letter_is_numbered",
        violation_error_message=_(
            "A letter that a street of the city issues has a year and a running number."
        ),
    ),
    models.CheckConstraint(
        condition=Q(state__in=[S.REFUSED, S.VOIDED]) & ~Q(reason="")
        | ~Q(state__in=[S.REFUSED, S.VOIDED]) & Q(reason=""),
        name="transfer_refused_with_a_reason",
        violation_error_message=_(
            "Whoever refuses or voids a transfer says why, and nobody else does."
        ),
    ),
    models.CheckConstraint(
        condition=~Q(state=S.RECEIVED) & Q(released=None, accepted=None)
        | Q(state=S.RECEIVED, kind=K.WITHIN)
        & Q(released__isnull=False, accepted__isnull=False)
        | Q(state=S.RECEIVED, kind=K.OUT) & Q(released__isnull=False, accepted=None)
        | Q(state=S.RECEIVED, kind=K.IN)
        & Q(released=None, accepted__isnull=False, member__isnull=False),
        name="transfer_received_moves_the_affiliation",
        violation_error_message=_(
            "A transfer that was received names the affiliation that ended and the one"
            " that began, and no other transfer does."
        ),
    ),
    models.CheckConstraint(
        condition=~Q(state=S.RECEIVED)
        | Q(closed_on__gte=F("issued_on"), closed_on__lte=F("valid_until")),
        name="transfer_received_while_valid",
        violation_error_message=_(
            "The day lies before the letter was issued, or after the last day on which"
            " it is valid. Nothing was received: check the day, or ask the street that"
            " issued the letter for a new one."
        ),
    ),
    models.CheckConstraint(
        condition=Q(addressee=None) | Q(issuer=None) | ~Q(addressee=F("issuer")),
        name="transfer_leaves_the_street",
        violation_error_message=_(
            "Within one street nobody needs a letter. Nothing was proposed: move the"
            " member on their page."
        ),
    ),
    models.CheckConstraint(
        condition=Q(arrived_on=None) | Q(arrived_on__gte=F("issued_on"), kind=K.WITHIN),
        name="transfer_arrives_after_issue",
        violation_error_message=_("Nobody arrives before the letter was issued."),
    ),
    models.CheckConstraint(
        condition=Q(rested_on=None)
        | Q(state=S.REFUSED, rested_on__gte=F("closed_on")) & ~Q(kind=K.IN),
        name="transfer_rests_once_refused",
        violation_error_message=_(
            "Only a transfer that was refused is let rest, from that day on."
        ),
    ),
    both_or_neither(
        "arrived_on",
        "branch",
        name="transfer_arrives_at_a_branch",
        message=_("Whoever confirms an arrival names the day and the branch."),
    ),
    models.UniqueConstraint(
        fields=["member"],
        condition=Q(state__in=UNDER_WAY),
        name="transfer_one_under_way",
        violation_error_message=_(
            "A transfer of this member is under way already, and there is only ever"
            " one. Nothing was saved: open that one."
        ),
    ),
    models.UniqueConstraint(
        fields=["issuer", "year", "serial", "line"],
        name="transfer_letter_number_once",
        violation_error_message=_("The street already has a letter of this number."),
    ),
    models.UniqueConstraint(
        fields=["from_text", "foreign_number", "person_name"],
        condition=Q(kind=K.IN) & ~Q(state=S.VOIDED),
        name="transfer_foreign_letter_once",
        violation_error_message=_(
            "This letter is recorded already. Nothing was saved: open the one on"
            " record."
        ),
    ),
]
