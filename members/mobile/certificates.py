"""Numbers of activity certificates as a register states them."""

from collections.abc import Iterable, Sequence

from members.mobile.errors import CertificateOfAnother
from members.mobile.reading import RegisterRow
from members.models import ActivityCertificate, Member
from members.roster.errors import TooLong
from organizations.models import Organization
from organizations.queries import street_above

MAX_NUMBER = ActivityCertificate._meta.get_field("number").max_length or 0


class KnownCertificates:
    """The certificates on record and those of earlier rows, by issuer and number."""

    def __init__(self) -> None:
        self.holders: dict[tuple[int, str], int | None] = {}
        self.held: dict[int, str] = {}
        self.issuers: dict[int, Organization] = {}

    def load(self, entries: Sequence[RegisterRow], members: Iterable[Member]) -> None:
        """Read what is on record of the rows' numbers, and of their members."""
        rows = ActivityCertificate.objects
        numbers = {entry.certificate for entry in entries if entry.certificate}
        if not numbers:
            return
        taken = rows.filter(number__in=numbers)
        for issuer, number, member in taken.values_list("issuer", "number", "member"):
            self.holders.setdefault((issuer, number), member)
        held = rows.held().filter(member__in=[member.pk for member in members])
        self.held.update(held.values_list("member", "number"))

    def find_new(
        self, entry: RegisterRow, place: Organization | None, member: Member | None
    ) -> str:
        """Return the number to record; refuse one of another member, or too long.

        Who holds a certificate keeps it: another number is mentioned, not recorded.
        """
        number = entry.certificate
        if not number or place is None or entry.ends_on is not None:
            return ""
        if len(number) > MAX_NUMBER:
            length = len(number)
            reason = TooLong(length=length, limit=MAX_NUMBER)
            entry.parsed.refuse("certificate_number", reason)
            return ""
        key = (self._issuer(place).pk, number)
        holder = member.pk if member is not None else None
        if key in self.holders and (holder is None or self.holders[key] != holder):
            refusal = CertificateOfAnother(number=number)
            entry.parsed.refuse("certificate_number", refusal)
            return ""
        known = self.held.get(holder or 0)
        if known is not None and known != number:
            entry.flag("certificate_differs")
        if known is not None or key in self.holders:
            return ""
        self.holders[key] = holder
        return number

    def _issuer(self, place: Organization) -> Organization:
        if place.pk not in self.issuers:
            self.issuers[place.pk] = street_above(place) or place
        return self.issuers[place.pk]
