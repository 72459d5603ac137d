"""On what a check-in rests: a round of the street, or a document that is named."""

from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
)

from members.enums import Category
from members.models import CheckIn, CheckInRound, Member


def _rounds_of_the_day() -> Any:
    """Return the rounds in whose street and days an outer check-in was made."""
    place = ExpressionWrapper(OuterRef("community__path"), output_field=CharField())
    rows = CheckInRound.objects.alias(place=place)
    return rows.filter(
        place__startswith=F("organization__path"),
        starts_on__lte=OuterRef("starts_on"),
        ends_on__gt=OuterRef("starts_on"),
    )


def checked_in_by_round() -> Q:
    """Match members who checked in where they are now in the days of a round (S3-15).

    A check-in that goes on with another unit keeps the round in which it began. Streets
    call in-service members alone, so that no round is the basis of others.
    """
    here = CheckIn.objects.filter(
        Exists(_rounds_of_the_day()),
        member=OuterRef("pk"),
        community=OuterRef("community"),
    )
    return Q(Exists(here), category=Category.IN_SERVICE)


def without_check_in_basis() -> Q:
    """Match members checked in whose check-in rests on no document.

    The document that a record names stands for the check-in where the person belongs
    to nobody here, so that the record is of the check-in alone.
    """
    named = Q(organization=None) & ~Q(basis="")
    return Q(community__isnull=False) & ~checked_in_by_round() & ~named


def without_home_branch() -> Q:
    """Match members checked in of whom nobody wrote where they belong."""
    unwritten = CheckIn.objects.filter(
        member=OuterRef("pk"), ends_on=None, home_branch=""
    )
    return Q(organization=None) & Q(Exists(unwritten))


def home_branch_of(member: Member) -> str:
    """Return where a guest belongs, as written with the check-in that goes on."""
    said = member.check_ins.filter(ends_on=None).values_list("home_branch", flat=True)
    return said.first() or ""
