"""Invariants of members, their places, transfers and searches."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from cases.enums import CaseState
from core.identity import identity_index
from core.months import months_after
from core.registries.invariants import Invariant, invariants, overlaps
from members.ends.closers import closers
from members.ends.dated_records import find_contradictions
from members.enums import (
    BEING_SEARCHED,
    GROUNDS_ABROAD,
    MONTHS_UNTIL_REMOVAL,
    MONTHS_UNTIL_SUSPENSION,
    TransferKind,
    TransferState,
)
from members.models import Affiliation, CheckIn, LostContact, Member, Transfer


def find_wrong_organizations() -> Iterator[str]:
    """Find members whose organization differs from their open affiliation."""
    home = Affiliation.objects.open().filter(member=OuterRef("pk"))
    yield from _find_differing(
        "organization_id", Subquery(home.values("organization")[:1])
    )


def find_wrong_communities() -> Iterator[str]:
    """Find members whose community differs from their open check-in."""
    here = CheckIn.objects.filter(member=OuterRef("pk"), ends_on=None)
    yield from _find_differing("community_id", Subquery(here.values("community")[:1]))


def _find_differing(column: str, expected: Subquery) -> Iterator[str]:
    rows = Member.objects.annotate(expected=expected).values_list(
        "pk", column, "expected"
    )
    for pk, copied, open_row in rows.iterator():
        if copied != open_row:
            yield f"member {pk}: {copied} / {open_row}"


def find_members_without_home() -> Iterator[str]:
    """Find members who never belonged or checked in anywhere: no user sees them."""
    affiliations = Affiliation.objects.filter(member=OuterRef("pk"))
    check_ins = CheckIn.objects.filter(member=OuterRef("pk"))
    rows = Member.objects.filter(~Exists(affiliations), ~Exists(check_ins)).order_by(
        "pk"
    )
    for pk in rows.values_list("pk", flat=True):
        yield f"member {pk}"


def find_wrong_number_indexes() -> Iterator[str]:
    """Find members whose blind index does not match their identity number."""
    for member in Member.objects.only("id_number", "id_index").iterator():
        if member.id_index != identity_index(str(member.id_number)):
            yield f"member {member.pk}"


def find_wrong_counting_months() -> Iterator[str]:
    """Find affiliations with counting months that are invalid or too early."""
    rows = Affiliation.all_objects.filter(
        ~Q(start_month__day=1) | (Q(end_month__isnull=False) & ~Q(end_month__day=1))
    )
    for affiliation in rows:
        yield f"affiliation {affiliation.pk}: no first of a month"
    for affiliation in Affiliation.all_objects.iterator():
        if affiliation.start_month < affiliation.starts_on.replace(day=1):
            yield f"affiliation {affiliation.pk}: counted before it began"


def find_overlapping_affiliations() -> Iterator[str]:
    """Find formal affiliations of one member that share a day (R-11)."""
    return overlaps(Affiliation.objects.all(), "member")


def find_overlapping_check_ins() -> Iterator[str]:
    """Find check-ins of one member that share a day: figures would count them twice."""
    return overlaps(CheckIn.objects.all(), "member")


def find_unclosed_rows() -> Iterator[str]:
    """Find rows that are open for members whose membership ended or was voided."""
    return closers.find_unclosed_rows(Member.all_objects.no_longer_current())


def find_transfers_elsewhere() -> Iterator[str]:
    """Find transfers under way whose member does not count at the origin (R-14)."""
    rows = Transfer.objects.under_way().exclude(kind=TransferKind.IN)
    for pk in rows.exclude(member__organization=F("origin")).values_list("pk"):
        yield f"transfer {pk[0]}"


def find_receipts_without_move() -> Iterator[str]:
    """Find received transfers whose affiliations did not change on that day."""
    received = Transfer.objects.filter(state=TransferState.RECEIVED)
    ended = Q(released=None) | Q(
        released__member=F("member"), released__ends_on=F("closed_on")
    )
    begun = Q(accepted=None) | Q(
        accepted__member=F("member"), accepted__starts_on=F("closed_on")
    )
    for pk in received.exclude(ended & begun).values_list("pk", flat=True):
        yield f"transfer {pk}"


def find_wrong_validity() -> Iterator[str]:
    """Find letters whose last valid day does not follow from their days (R-15)."""
    rows = Transfer.objects.filter(issued_on__isnull=False)
    for pk, issued_on, days, until in rows.values_list(
        "pk", "issued_on", "valid_days", "valid_until"
    ):
        if issued_on and until != issued_on + dt.timedelta(days=days or 0):
            yield f"transfer {pk}: {until}"


def find_wrong_terms_of_searches() -> Iterator[str]:
    """Find searches whose earliest days do not follow from their days (R-22)."""
    for row in LostContact.objects.exclude(ground__in=GROUNDS_ABROAD).iterator():
        wrong = row.decide_from != months_after(row.lost_on, MONTHS_UNTIL_SUSPENSION)
        if row.suspended_on is not None:
            until = months_after(row.suspended_on, MONTHS_UNTIL_REMOVAL)
            wrong = wrong or row.remove_from != until
        if wrong:
            yield f"lost contact {row.pk}"


def find_searches_elsewhere() -> Iterator[str]:
    """Find searches that go on where the member is not, or whose case stands apart."""
    rows = LostContact.objects
    elsewhere = rows.open().exclude(case__organization=F("member__organization"))
    closed = rows.open().exclude(case__state=CaseState.OPEN)
    still_open = rows.exclude(state__in=BEING_SEARCHED)
    still_open = still_open.filter(case__state=CaseState.OPEN)
    for found in (elsewhere, closed, still_open):
        for pk in found.values_list("pk", flat=True):
            yield f"lost contact {pk}"


def find_letters_of_two_minds() -> Iterator[str]:
    """Find letters of which the people on them were sent to different places."""
    rows = Transfer.objects.filter(serial__isnull=False).order_by("pk")
    sent: dict[Any, Any] = {}
    for pk, issuer, year, serial, *to in rows.values_list(
        *("pk", "issuer", "year", "serial"),
        *("addressee", "to_text", "issued_on", "valid_until"),
    ):
        if sent.setdefault((issuer, year, serial), to) != to:
            yield f"transfer {pk}: {to}"


invariants.add(
    Invariant(
        "members.homes",
        _("Every member's organization is that of the open affiliation"),
        find_wrong_organizations,
    ),
    Invariant(
        "members.check_ins",
        _("Every member's community is that of the open check-in"),
        find_wrong_communities,
    ),
    Invariant(
        "members.orphans",
        _("Every member belongs or belonged somewhere, or checked in"),
        find_members_without_home,
    ),
    Invariant(
        "members.indexes",
        _("Every identity number is found by its index"),
        find_wrong_number_indexes,
    ),
    Invariant(
        "members.counting",
        _("Every affiliation counts in a month not before it"),
        find_wrong_counting_months,
    ),
    Invariant(
        "members.affiliations",
        _("Nobody has two formal affiliations on one day"),
        find_overlapping_affiliations,
    ),
    Invariant(
        "members.ended",
        _("Nothing is open for members whose membership has ended"),
        find_unclosed_rows,
    ),
    Invariant(
        "members.check_in_days",
        _("Nobody is checked in twice on one day"),
        find_overlapping_check_ins,
    ),
)
invariants.add(
    Invariant(
        "members.transfers_at_origin",
        _("Whoever is in transit counts at the organization of origin"),
        find_transfers_elsewhere,
    ),
    Invariant(
        "members.transfers_received",
        _("A received transfer ended one affiliation and began the other that day"),
        find_receipts_without_move,
    ),
    Invariant(
        "members.letters_valid",
        _("Every transfer letter is valid until the day that its days give"),
        find_wrong_validity,
    ),
    Invariant(
        "members.letters_to_one_place",
        _("All people on one transfer letter go to one place, and have one term"),
        find_letters_of_two_minds,
    ),
    Invariant(
        "members.dated_records",
        _("Nobody is on record on a day after they ended or left"),
        find_contradictions,
    ),
    Invariant(
        "members.search_terms",
        _("Suspension and removal of lost members wait for their time"),
        find_wrong_terms_of_searches,
    ),
    Invariant(
        "members.search_places",
        _("Every search goes on where the member belongs, as long as its case is open"),
        find_searches_elsewhere,
    ),
)
