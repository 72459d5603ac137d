"""What the planning of rosters and of registers of mobile members has in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from core.actors import Actor, scope_of
from core.chunks import chunked
from core.db.constraints import find_violated_constraints
from exchange.import_kinds import RowPlan
from exchange.sheet_context import SheetContext
from members.models import Member
from members.roster.branches import BranchResolver
from members.roster.namesakes import Namesakes
from members.roster.parsed_rows import ParsedRow
from members.roster.reading import RowReader
from organizations.models import CodeItem
from organizations.queries import code_items
from organizations.roles import RECORD_KEEPERS
from sheets.read import TableRow

CHUNK = 2_000  # rows planned by one set of queries
COLUMN_OF_RULE = {
    "member_once": "id_number",
    "member_joins_after_birth": "join_date",
    "member_full_after_joining": "full_member_date",
    "member_probationary_has_no_full_date": "full_member_date",
}
ReadRow = TypeVar("ReadRow")


class SheetPlanner(ABC, Generic[ReadRow]):
    """Plans a whole sheet of people, so that duplicates within the file are refused."""

    reader_type: ClassVar[type[RowReader]] = RowReader

    def __init__(self, *, by: Actor, context: SheetContext) -> None:
        self.by = by
        self.answers = context.answers
        scope = scope_of(by)
        self.resolver = BranchResolver(
            context, lambda path: scope.has_role_over(path, RECORD_KEEPERS)
        )
        self.namesakes = Namesakes(by=by)
        self.first_rows: dict[str, tuple[str, int]] = {}
        groups = CodeItem.objects.listed("ethnic_groups")
        self.education: Mapping[str, str] = dict(code_items("education"))
        self.people = self.reader_type(
            list(groups.values_list("label", flat=True)),
            self.education,
            context,
            is_organization=self.resolver.knows,
        )

    def __call__(self, rows: Iterable[TableRow]) -> Iterator[RowPlan]:
        """Yield a plan for each row, in the order of the rows."""
        for part in chunked(self.read(rows), CHUNK):
            yield from self.plan_chunk(part)

    @abstractmethod
    def read(self, rows: Iterable[TableRow]) -> Iterable[ReadRow]:
        """Read the rows, without a query for each."""

    @abstractmethod
    def plan_chunk(self, part: list[ReadRow]) -> list[RowPlan]:
        """Plan some of the rows with a constant number of queries."""


def refuse_violations(candidates: Sequence[tuple[ParsedRow, Member]]) -> None:
    """Refuse rows whose member would violate constraints, with their messages."""
    found = find_violated_constraints([member for _parsed, member in candidates])
    for (parsed, _member), rules in zip(candidates, found, strict=True):
        for rule in rules:
            column = COLUMN_OF_RULE.get(rule.name, "name")
            parsed.refuse(column, str(rule.get_violation_error_message()))
