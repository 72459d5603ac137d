"""What is missing in a member's record: said on its page, found by the list."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from members.enums import Category, Standing
from members.models import Member


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that a full record has: its label, and whose record lacks it."""

    key: str
    label: StrOrPromise
    lacking: Q


MISSING_FACTS = (
    MissingFact("phone", _("Mobile phone"), Q(phone_index=None)),
    MissingFact("ethnicity", _("Ethnic group"), Q(ethnicity="")),
    MissingFact("education", _("Education"), Q(education="")),
    MissingFact("join_date", _("Joined the Party on"), Q(join_date=None)),
    MissingFact(
        "full_member_date",
        _("Full member since"),
        Q(full_member_date=None, standing=Standing.FULL),
    ),
    MissingFact(
        "employer", _("Employer"), Q(employer=None, category=Category.IN_SERVICE)
    ),
    MissingFact("address", _("Address"), Q(address="")),
)


def lacking(key: str) -> Q:
    """Return the condition on members whose record lacks a fact."""
    return next(fact.lacking for fact in MISSING_FACTS if fact.key == key)


def missing_fact_choices() -> list[tuple[str, StrOrPromise]]:
    """Return the facts by which the list is filtered, with their labels."""
    return [(fact.key, fact.label) for fact in MISSING_FACTS]


def describe_missing_facts(member: Member) -> list[StrOrPromise]:
    """Return the labels of what a member's record lacks.

    Nothing is asked any more of those who have left or were recorded by mistake.
    """
    if member.organization_id is None and member.community_id is None:
        return []
    asked = {
        f"lacks_{fact.key}": ExpressionWrapper(fact.lacking, BooleanField())
        for fact in MISSING_FACTS
    }
    answers: Any = Member.objects.filter(pk=member.pk).values(**asked).get()
    return [fact.label for fact in MISSING_FACTS if answers[f"lacks_{fact.key}"]]
