"""What is published for members, and the names that a public text must not have."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from core.chunks import chunked
from core.db.tree import ancestor_paths
from core.names import DOT
from exchange.audiences import Audience, audiences, audiences_of
from exchange.models import Publication
from exchange.personal_data import LONGEST_WORD, NameFinder, name_finders
from exchange.querysets import PublicationQuerySet
from members.enums import Category, Standing
from members.models import Member
from organizations.models import Organization
from organizations.queries import street_above

MEMBERS = "members"
WORDS_AT_ONCE = 500


def news_for(member: Member) -> PublicationQuerySet:
    """Return what the organizations of a member show today to a group of theirs.

    Theirs are the one to which they belong, the community where they are checked in,
    and all above these.
    """
    homes = (member.organization, member.community)
    paths = {
        path
        for home in homes
        if home is not None
        for path in (*ancestor_paths(home.path), home.path)
    }
    shown = Publication.objects.shown().filter(organization__path__in=paths)
    rows = shown.filter(audiences_of(member)).select_related("organization")
    found: PublicationQuerySet = rows.order_by("-starts_on", "-pk")
    return found


def _is_member(_member: Any) -> bool:
    return True


def _of_category(category: Category) -> Audience:
    def includes(member: Any) -> bool:
        return bool(member.category == category)

    return Audience(f"{MEMBERS}.{category.value}", category.label, includes)


def _is_probationary(member: Any) -> bool:
    return bool(member.standing == Standing.PROBATIONARY)


audiences.add(
    Audience(MEMBERS, _("all members"), _is_member),
    *(_of_category(category) for category in Category),
    Audience(
        f"{MEMBERS}.{Standing.PROBATIONARY.value}",
        Standing.PROBATIONARY.label,
        _is_probationary,
    ),
)


def _names_around(organization: Organization) -> QuerySet[Member, str]:
    """Return the names of the members of the street or city around."""
    around = street_above(organization) or organization
    rows = Member.objects.within(around).order_by()
    return rows.values_list("name", flat=True).distinct()


def find_member_names(organization: Organization, words: set[str]) -> Iterable[str]:
    """Return which of the words are names of members of the street or city around."""
    for some in chunked(sorted(words), WORDS_AT_ONCE):
        yield from _names_around(organization).filter(name__in=some)


def find_long_names(organization: Organization) -> Iterable[str]:
    """Return the names there that are too long to be looked up as words, or dotted."""
    rows = _names_around(organization).annotate(letters=Length("name"))
    is_long = Q(letters__gt=LONGEST_WORD) | Q(name__contains=DOT)
    return rows.filter(is_long)


name_finders.add(NameFinder("members.names", find_member_names, find_long_names))
