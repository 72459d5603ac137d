"""Doubt new people who may be recorded already: a known name, nearly the same number.

Any one wrong digit breaks the check character, yet whoever types a number from a card
may mistype both, and whoever makes one up computes it. Namesakes are common, so a name
alone is no doubt.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from core.actors import Actor
from core.identity import mask_identity_number
from exchange.doubts import Source
from members.models import Member
from members.roster.parsed_rows import ParsedRow

WITHOUT_CHECK = 17  # characters of an identity number before the check character
ALIKE = 2  # of birth date, day of joining and phone, if the number is another one


class Known(NamedTuple):
    """A person with a name: where they stand, and what tells them from namesakes."""

    where: str
    number: str
    joined: dt.date | None
    phone: str | None


class Namesakes:
    """Whom each name means: recorded members of the user, and earlier rows."""

    def __init__(self, *, by: Actor) -> None:
        self.by = by
        self.known: dict[str, list[Known]] = defaultdict(list)
        self.looked_up: set[str] = set()

    def load(self, parsed_rows: Iterable[ParsedRow]) -> None:
        """Look up those names of rows that were not looked up before."""
        names = {str(p.values.get("name", "")) for p in parsed_rows} - {""}
        new = names - self.looked_up
        self.looked_up |= new
        managed = Member.objects.managed_by(self.by).filter(name__in=new)
        for member in managed.select_related("organization", "community"):
            place = member.organization or member.community
            where = _("recorded in %(place)s") % {"place": place.name if place else "—"}
            known = Known(where, member.id_number, member.join_date, member.phone)
            self.known[member.name].append(known)

    def doubt(self, parsed: ParsedRow) -> None:
        """Doubt a new person who is nearly somebody known; remember them."""
        values = parsed.values
        where = _("row %(row)s of this file") % {"row": parsed.excel_row}
        joined, phone = values.get("join_date"), values.get("phone")
        person = Known(where, values["id_number"], joined, phone)
        namesakes = self.known[values["name"]]
        for known in namesakes:
            if known.number != person.number and is_alike(person, known):
                number = mask_identity_number(known.number)
                text = f"{values['name']} {number} · {known.where}"
                parsed.doubt(Source.PERSON, "", text)
                break
        namesakes.append(person)


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
