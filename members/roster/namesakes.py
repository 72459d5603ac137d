"""Doubt new people who may be recorded already: a known name, nearly the same number.

Any one wrong digit breaks the check character, yet whoever types a number from a card
may mistype both, and whoever makes one up computes it. Namesakes are common, so a name
alone is no doubt.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from django.utils.translation import gettext as _

from core.actors import Actor
from core.identity import mask_identity_number
from exchange.doubts import Source
from members.models import Member
from members.roster.parsed_rows import ParsedRow

WITHOUT_CHECK = 17  # characters of an identity number before the check character
ALIKE = 2  # of birth date, day of joining and phone, if the number is another one

Shared = tuple[str, ...]  # a name, and what else two people have in common


class Known(NamedTuple):
    """A person with a name: where they stand, and what tells them from namesakes."""

    name: str
    where: str
    number: str
    joined: dt.date | None
    phone: str | None


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
            place = m.organization or m.community
            where = _("recorded in %(place)s") % {"place": place.name if place else "—"}
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
            parsed.doubt(Source.PERSON, "", text)
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


def list_shared(person: Known) -> Iterator[Shared]:
    """Whatever two people share who are alike (`is_alike`), at least one of it.

    The number but for one digit; its digits in any order; two of the three others.
    """
    name, digits = person.name, person.number[:WITHOUT_CHECK]
    for place in range(len(digits)):
        yield name, digits[:place], digits[place + 1 :]
    yield name, "".join(sorted(digits))
    born, joined = person.number[6:14], str(person.joined or "")
    if joined:
        yield name, "joined", born, joined
    if person.phone:
        yield name, "phone", born, person.phone
    if joined and person.phone:
        yield name, "both", joined, person.phone


def is_alike(one: Known, other: Known) -> bool:
    """Whether two people of one name may be one: by number, or by all the rest."""
    if is_near(one.number, other.number):
        return True
    same = (
        one.number[6:14] == other.number[6:14],
        one.joined is not None and one.joined == other.joined,
        bool(one.phone) and one.phone == other.phone,
    )
    return sum(same) >= ALIKE


def is_near(one: str, other: str) -> bool:
    """Whether one digit differs or two changed places, whatever the check character."""
    pairs = [
        (a, b)
        for a, b in zip(one[:WITHOUT_CHECK], other[:WITHOUT_CHECK], strict=True)
        if a != b
    ]
    return len(pairs) == 1 or (len(pairs) == 2 and pairs[0] == pairs[1][::-1])
