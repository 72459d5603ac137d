"""Who may be one person recorded twice, by name and nearly the same particulars.

Any one wrong digit breaks the check character, yet whoever types a number from a card
may mistype both, and whoever makes one up computes it. Namesakes are common, so a name
alone is no doubt. Rosters and forms ask by the same rule.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.identity import identity_index
from core.names import clean_person_name
from core.text import StrOrPromise
from core.web.forms import AskedOnce
from members.models import Member

WITHOUT_CHECK = 17  # characters of an identity number before the check character
ALIKE = 2  # of birth date, day of joining and phone, if the number is another one

Shared = tuple[str, ...]  # a name, and what else two people have in common

KNOWN_NUMBER = _(
    "This identity number is recorded already: %(member)s. Nothing was saved: open that"
    " record, and correct or return the member there."
)
ASK_ABOUT_NAMESAKE = _(
    "A member of this name with nearly the same particulars is recorded already:"
    " %(member)s. Nothing was saved yet: if it is the same person, open that record and"
    " correct it there; if they are two people, tick below and save again."
)


class Known(NamedTuple):
    """A person with a name: where they stand, and what tells them from namesakes."""

    name: str
    where: str
    number: str
    joined: dt.date | None
    phone: str | None


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


def find_alike(person: Known, among: QuerySet[Member]) -> list[Member]:
    """Return recorded members with another number who may be the same person.

    The rule is that of rosters: nearly the same number, or two of birth date, day of
    joining and phone.
    """
    rows = among.filter(name=person.name).exclude(
        id_index=identity_index(person.number)
    )
    return [
        member
        for member in rows.select_related("organization", "community").order_by("pk")
        if is_alike(person, _known(member))
    ]


def _known(member: Member) -> Known:
    return Known(member.name, "", str(member.id_number), member.join_date, member.phone)


class DuplicateQuestions(AskedOnce):
    """A form for a new member that names who may be the same person.

    `known_members` are those whom the reader may see: of others nothing is said, and
    the action refuses their numbers. `may_return` is whether a known number is right,
    because former members come back by the same form.
    """

    number_field: str
    phone_field = "phone"
    may_return = False
    known_members: QuerySet[Member] | None = None
    possible_duplicates: Sequence[Member] = ()

    def clean(self) -> dict[str, Any] | None:
        number = self.cleaned_data.get(self.number_field)
        if number and self.known_members is not None and not self.may_return:
            self._refuse_known_number(number)
        return super().clean()

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        person = self._person()
        if person is None or self.known_members is None:
            return
        self.possible_duplicates = find_alike(person, self.known_members)
        for member in self.possible_duplicates:
            yield ASK_ABOUT_NAMESAKE % {"member": member.choice_label}

    def _refuse_known_number(self, number: str) -> None:
        rows: Any = self.known_members
        same = rows.filter(id_index=identity_index(number))
        self.possible_duplicates = list(same.select_related("organization"))
        for member in self.possible_duplicates:
            message = KNOWN_NUMBER % {"member": member.choice_label}
            self.add_error(self.number_field, ValidationError(message))

    def _person(self) -> Known | None:
        values = self.cleaned_data
        number = values.get(self.number_field)
        try:
            name = clean_person_name(values.get("name", ""))
        except DomainError:
            return None
        if not number:
            return None
        joined, phone = values.get("join_date"), values.get(self.phone_field) or None
        return Known(name, "", number, getattr(joined, "value", joined), phone)
