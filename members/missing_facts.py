"""What is missing in a member's record: said on its page, found by the list (S3-05).

Of who belongs here a full record is asked. Of who is checked in, it is asked how to
reach them, where they work and belong, and on what the check-in rests (R-28).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from core.db.querysets import any_of
from core.text import StrOrPromise
from members.belonging import GUESTS, ON_ROLLS, Belonging, belongings
from members.checkin_basis import without_check_in_basis, without_home_branch
from members.enums import Category, Standing
from members.models import Member


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact of a full record: its label, who lacks it, and of whom it is asked."""

    key: str
    label: StrOrPromise
    lacking: Q
    asked_of: tuple[str, ...] = (ON_ROLLS,)


BOTH = (ON_ROLLS, GUESTS)
MISSING_FACTS = (
    MissingFact("phone", _("Mobile phone"), Q(phone_index=None), BOTH),
    MissingFact("ethnicity", _("Ethnic group"), Q(ethnicity="")),
    MissingFact("education", _("Education"), Q(education="")),
    MissingFact("join_date", _("Joined the Party on"), Q(join_date=None)),
    MissingFact(
        "full_member_date",
        _("Full member since"),
        Q(full_member_date=None, standing=Standing.FULL),
    ),
    MissingFact(
        "employer",
        _("Employer"),
        Q(employer=None, category=Category.IN_SERVICE),
        BOTH,
    ),
    MissingFact("address", _("Address"), Q(address="")),
    MissingFact("home_branch", _("Branch elsewhere"), without_home_branch(), (GUESTS,)),
    MissingFact(
        "check_in_basis",
        _("Round or document of the check-in"),
        without_check_in_basis(),
        (GUESTS,),
    ),
)


def facts_asked_of(belonging: Belonging) -> list[MissingFact]:
    """Return what a full record of such a member has."""
    return [fact for fact in MISSING_FACTS if belonging.key in fact.asked_of]


def _lacks(fact: MissingFact) -> Q:
    """Match those of whom a fact is asked and whose record lacks it."""
    asked = any_of(belongings.get(key).here for key in fact.asked_of)
    return fact.lacking & asked


def lacking(key: str) -> Q:
    """Return the condition on members whose record lacks a fact."""
    return next(_lacks(fact) for fact in MISSING_FACTS if fact.key == key)


def missing_fact_choices() -> list[tuple[str, StrOrPromise]]:
    """Return the facts by which the list is filtered, with their labels."""
    return [(fact.key, fact.label) for fact in MISSING_FACTS]


def describe_missing_facts(
    member: Member, kinds: Collection[str] = BOTH
) -> list[StrOrPromise]:
    """Return the labels of what a member's record lacks, of one kind or of both.

    Nothing is asked any more of those who have left or were recorded by mistake.
    """
    if member.organization_id is None and member.community_id is None:
        return []
    facts = [fact for fact in MISSING_FACTS if not {*fact.asked_of}.isdisjoint(kinds)]
    asked = {
        f"lacks_{fact.key}": ExpressionWrapper(_lacks(fact), BooleanField())
        for fact in facts
    }
    answers: Any = Member.objects.filter(pk=member.pk).values(**asked).get()
    return [fact.label for fact in facts if answers[f"lacks_{fact.key}"]]
