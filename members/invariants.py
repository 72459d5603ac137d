"""What must always be true of members."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core.identity import identity_index
from core.registries.invariants import Invariant, invariants, overlaps
from members.models import Affiliation, CheckIn, Member


def strayed_homes() -> Iterator[str]:
    """Members who are recorded elsewhere than their open affiliation says."""
    home = Affiliation.objects.open().filter(member=OuterRef("pk"))
    yield from _differing("organization_id", Subquery(home.values("organization")[:1]))


def strayed_check_ins() -> Iterator[str]:
    """Members who are recorded elsewhere than their open check-in says."""
    here = CheckIn.objects.filter(member=OuterRef("pk"), ends_on=None)
    yield from _differing("community_id", Subquery(here.values("community")[:1]))


def _differing(column: str, said: Subquery) -> Iterator[str]:
    rows = Member.objects.annotate(said=said).values_list("pk", column, "said")
    for pk, copied, open_row in rows.iterator():
        if copied != open_row:
            yield f"member {pk}: {copied} / {open_row}"


def orphans() -> Iterator[str]:
    """Members who never belonged anywhere nor checked in: nobody sees them."""
    belonged = Affiliation.objects.filter(member=OuterRef("pk"))
    lived = CheckIn.objects.filter(member=OuterRef("pk"))
    rows = Member.objects.filter(~Exists(belonged), ~Exists(lived)).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"member {pk}"


def unfindable_numbers() -> Iterator[str]:
    """Members whose blind index is not that of their identity number."""
    for member in Member.objects.only("id_number", "id_index").iterator():
        if member.id_index != identity_index(str(member.id_number)):
            yield f"member {member.pk}"


def counted_wrongly() -> Iterator[str]:
    """Affiliations whose counting months are no months, or lie before their days."""
    rows = Affiliation.objects.filter(
        ~Q(start_month__day=1) | (Q(end_month__isnull=False) & ~Q(end_month__day=1))
    )
    for affiliation in rows:
        yield f"affiliation {affiliation.pk}: no first of a month"
    for affiliation in Affiliation.objects.iterator():
        if affiliation.start_month < affiliation.starts_on.replace(day=1):
            yield f"affiliation {affiliation.pk}: counted before it began"


def overlapping_affiliations() -> Iterator[str]:
    """Formal affiliations of one member that share a day (R-11)."""
    return overlaps(Affiliation.objects.all(), "member")


def overlapping_check_ins() -> Iterator[str]:
    """Check-ins of one member that share a day: a month's end would count him twice."""
    return overlaps(CheckIn.objects.all(), "member")


invariants.add(
    Invariant(
        "members.homes",
        _("Every member is recorded where the open affiliation lies"),
        strayed_homes,
    ),
    Invariant(
        "members.check_ins",
        _("Every member is recorded where the open check-in lies"),
        strayed_check_ins,
    ),
    Invariant(
        "members.orphans",
        _("Every member belongs or belonged somewhere, or checked in"),
        orphans,
    ),
    Invariant(
        "members.indexes",
        _("Every identity number is found by its index"),
        unfindable_numbers,
    ),
    Invariant(
        "members.counting",
        _("Every affiliation counts in a month not before it"),
        counted_wrongly,
    ),
    Invariant(
        "members.affiliations",
        _("Nobody has two formal affiliations on one day"),
        overlapping_affiliations,
    ),
    Invariant(
        "members.check_in_days",
        _("Nobody is checked in twice on one day"),
        overlapping_check_ins,
    ),
)
