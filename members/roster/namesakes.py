"""Doubt new people of a roster who may be recorded already, or stand in it twice."""

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter

from django.utils.translation import gettext as _

from core.actors import Actor
from core.identity import mask_identity_number
from exchange.doubts import DoubtSource
from members.duplicates.likeness import Known, Shared, is_alike, list_shared
from members.models import Member
from members.roster.parsed_rows import ParsedRow


class Namesakes:
    """Whom each name means: recorded members of the user, and earlier rows.

    People are looked up by what they share with whom they are alike: comparing each row
    with all before it took ten seconds for 17,000 rows of one name.
    """

    def __init__(self, *, by: Actor) -> None:
        self.by = by
        self.known: dict[Shared, list[tuple[int, Known]]] = defaultdict(list)
        self.count = 0
        self.looked_up: set[str] = set()

    def load(self, parsed_rows: Iterable[ParsedRow]) -> None:
        """Look up those names of rows that were not looked up before."""
        names = {str(p.values.get("name", "")) for p in parsed_rows} - {""}
        new = names - self.looked_up
        self.looked_up |= new
        managed = Member.objects.managed_by(self.by).filter(name__in=new)
        for m in managed.select_related("organization", "community").order_by("pk"):
            home = m.organization or m.community
            where = _("recorded in %(organization)s") % {
                "organization": home.name if home else "—"
            }
            self.add(Known(m.name, where, m.id_number, m.join_date, m.phone))

    def doubt(self, parsed: ParsedRow) -> None:
        """Doubt a new person who is nearly somebody known; remember them."""
        values = parsed.values
        where = _("row %(row)s of this file") % {"row": parsed.excel_row}
        joined, phone = values.get("join_date"), values.get("phone")
        person = Known(values["name"], where, values["id_number"], joined, phone)
        known = self.find(person)
        if known is not None:
            number = mask_identity_number(known.number)
            text = f"{known.name} {number} · {known.where}"
            parsed.doubt(DoubtSource.PERSON, "", text)
        self.add(person)

    def add(self, person: Known) -> None:
        """Remember a person under everything that somebody alike may share."""
        self.count += 1
        for shared in list_shared(person):
            self.known[shared].append((self.count, person))

    def find(self, person: Known) -> Known | None:
        """Return the first of the known with another number who is alike, if any."""
        firsts = [self._first(shared, person) for shared in list_shared(person)]
        return min(filter(None, firsts), key=itemgetter(0), default=(0, None))[1]

    def _first(self, shared: Shared, person: Known) -> tuple[int, Known] | None:
        for order, known in self.known.get(shared, ()):
            if known.number != person.number and is_alike(person, known):
                return order, known
        return None
