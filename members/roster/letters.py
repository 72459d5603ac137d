"""Letters from outside that name the new people of a roster (S0-37)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from core.actors import Actor
from members.enums import TransferKind
from members.models import Transfer
from members.roster.errors import OneLetterForSeveral
from members.roster.parsed_rows import ParsedRow
from organizations.models import Organization
from organizations.roles import RECORD_KEEPERS


class LettersFromOutside:
    """The letters under way to where the user keeps records, by the name on them.

    A letter names people and has no identity numbers: whoever of that name is on the
    roster of the community to which it goes has come by it.
    """

    def __init__(self, *, by: Actor) -> None:
        self.by = by
        self.letters: Mapping[str, list[Transfer]] = {}
        self.taken: dict[int, int] = {}

    def load(self, parsed_rows: Iterable[ParsedRow]) -> None:
        """Look up the letters that name the people of some rows."""
        names = {str(p.values.get("name", "")) for p in parsed_rows} - {""}
        rows = Transfer.objects.coming_to(self.by, RECORD_KEEPERS).in_transit()
        letters = defaultdict(list)
        coming = rows.filter(kind=TransferKind.IN, person_name__in=names)
        for letter in coming.select_related("destination").order_by("pk"):
            letters[letter.person_name].append(letter)
        self.letters = letters

    def find(self, parsed: ParsedRow, branch: Organization) -> Transfer | None:
        """Return the letter by which a new person comes to a branch, if there is one.

        Refuses the row if another row took the letter.
        """
        letter = next(
            (
                one
                for one in self.letters.get(parsed.values["name"], ())
                if one.destination and branch.path.startswith(one.destination.path)
            ),
            None,
        )
        if letter is None:
            return None
        first = self.taken.setdefault(letter.pk, parsed.excel_row)
        if first != parsed.excel_row:
            parsed.refuse("name", OneLetterForSeveral(first=first))
        parsed.flag("by_letter")
        parsed.shown["letter"] = f"{letter.from_name} {letter.number}"
        return letter
