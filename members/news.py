"""What is published for members, and the names that a public text must not have."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.chunks import chunked
from core.db.tree import ancestor_paths
from exchange.audiences import Audience, audiences, audiences_of
from exchange.models import Publication
from exchange.personal_data import NameFinder, name_finders
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


def find_member_names(organization: Organization, words: set[str]) -> Iterable[str]:
    """Return which of the words are names of members of the street or city around."""
    around = street_above(organization) or organization
    rows = Member.objects.within(around).order_by()
    for some in chunked(sorted(words), WORDS_AT_ONCE):
        yield from rows.filter(name__in=some).values_list("name", flat=True).distinct()


name_finders.add(NameFinder("members.names", find_member_names))
