"""Plan each row: create, update, leave unchanged or refuse."""

import copy
from collections.abc import Iterable, Iterator

from core.actors import Actor
from exchange.import_kinds import RowPlan, Verdict
from exchange.sheet_context import SheetContext
from members.errors import AlreadyRecorded
from members.models import Member
from members.roster.check_ins import refuse_check_in
from members.roster.errors import (
    CheckedInElsewhere,
    InServiceOfNoCommunity,
    RecordedInOtherBranch,
    TooManyRefused,
)
from members.roster.in_service import (
    CHECK_IN_MONTH,
    InServiceReader,
    resolve_in_service,
)
from members.roster.letters import LettersFromOutside
from members.roster.matching import (
    RecordedMembers,
    find_changes,
    is_in_service,
    present_changes,
    refuse_other_name,
)
from members.roster.parsed_rows import (
    ParsedRow,
    refuse_missing_branch,
    refuse_repeated,
)
from members.roster.party_dates import PARTY_DATES, doubt_dates, settle_dates
from members.roster.plans import (
    ChangedMember,
    NewMember,
    PlannedCheckIn,
    build_plan,
    present_check_in,
)
from members.roster.sheet_planner import SheetPlanner, refuse_violations
from members.roster.sheet_types import CHECK_IN
from members.roster.workers import Workers
from organizations.models import Organization
from sheets.read import TableRow

MAX_REFUSED = 1_000  # reading stops beyond both
MAX_REFUSED_SHARE = 0.9


class RosterPlanner(SheetPlanner[ParsedRow]):
    """Plans a whole roster of members, and of people who check in."""

    def __init__(self, *, by: Actor, context: SheetContext) -> None:
        super().__init__(by=by, context=context)
        self.sheet_types = context.sheet_types
        self.work = InServiceReader(context, by=by)
        self.letters = LettersFromOutside(by=by)
        self.workers = Workers(context, self.resolver)

    def plan_chunk(self, part: list[ParsedRow]) -> list[RowPlan]:
        nodes = [self._resolve_organization(parsed) for parsed in part]
        indexes = [parsed.id_index for parsed in part]
        refuse_repeated(part, self.first_rows)
        records = RecordedMembers(
            [i for i in indexes if i is not None],
            by=self.by,
            with_check_ins=any(map(self._checks_in, part)),
        )
        both = zip(part, indexes, strict=True)
        new = [parsed for parsed, index in both if index not in records.recorded]
        self.namesakes.load(new)
        self.letters.load(new)
        plans = [
            self._plan_row(parsed, node, index, records)
            for parsed, node, index in zip(part, nodes, indexes, strict=True)
        ]
        refuse_violations(
            [
                (parsed, _member_after_import(plan.payload, index))
                for parsed, plan, index in zip(part, plans, indexes, strict=True)
                if plan.payload is not None
            ]
        )
        return [
            build_plan(parsed, Verdict.REFUSE) if parsed.problems else plan
            for parsed, plan in zip(part, plans, strict=True)
        ]

    def _resolve_organization(self, parsed: ParsedRow) -> Organization | None:
        """Return the branch of a row, or the community of one who checks in."""
        if self._checks_in(parsed):
            return self.resolver.resolve_community(parsed)
        self.workers.ask(parsed)
        if is_in_service(parsed.values):
            return resolve_in_service(self.resolver, parsed)
        return self.resolver.resolve(parsed)

    def _checks_in(self, parsed: ParsedRow) -> bool:
        """Whether the row stands on a sheet of people who check in."""
        sheet_type = self.sheet_types.get(parsed.sheet)
        return sheet_type is not None and sheet_type.key == CHECK_IN

    def read(self, rows: Iterable[TableRow]) -> Iterator[ParsedRow]:
        """Read the rows; stop where nearly all rows of a sheet are refused."""
        refused: list[ParsedRow] = []
        for number, row in enumerate(rows, start=1):
            parsed = self.people.read(row)
            self.work.read(parsed, row.cells)
            refused += [parsed] if parsed.problems else []
            if len(refused) > max(MAX_REFUSED, MAX_REFUSED_SHARE * number):
                raise TooManyRefused(
                    row=parsed.excel_row,
                    count=len(refused),
                    first=refused[0].problems[0],
                )
            yield parsed

    def _plan_row(
        self,
        parsed: ParsedRow,
        node: Organization | None,
        index: str | None,
        records: RecordedMembers,
    ) -> RowPlan:
        member = records.managed.get(index or "")
        if index in records.recorded and member is None:
            parsed.refuse("id_number", AlreadyRecorded())
        elif member is None:
            refuse_missing_branch(parsed, node)
        if parsed.problems:
            return build_plan(parsed, Verdict.REFUSE)
        if member is not None:
            return self._plan_recorded(parsed, node, member)
        assert node is not None  # noqa: S101 -- otherwise refused above
        return self._plan_new(parsed, node)

    def _plan_new(self, parsed: ParsedRow, node: Organization) -> RowPlan:
        name = parsed.values["name"]
        if "join_date" not in parsed.values:
            parsed.flag("join_missing")
        self.namesakes.doubt(parsed)
        doubt_dates(parsed, self.work.headers)
        community = None
        if is_in_service(parsed.values):
            community = self.resolver.community_above(node)
            parsed.flag("in_service")
            if parsed.checked_in_on is None and CHECK_IN_MONTH not in parsed.questions:
                parsed.flags.insert(0, "check_in_on_import_day")
            if community is None:
                parsed.refuse(
                    "category",
                    InServiceOfNoCommunity(name=name, organization=node.name),
                )
                return build_plan(parsed, Verdict.REFUSE)
            refuse_check_in(parsed, Member(**parsed.values), community)
        letter = None if community else self.letters.find(parsed, node)
        plan = build_plan(parsed, Verdict.CREATE, organization=node)
        plan.payload = NewMember(
            parsed.values, node, community, parsed.checked_in_on, letter
        )
        plan.questions, plan.asked = tuple(parsed.questions), tuple(parsed.asked)
        for key in parsed.questions:
            parsed.flag(f"{key}_asked")
        return plan

    def _plan_recorded(
        self, parsed: ParsedRow, node: Organization | None, member: Member
    ) -> RowPlan:
        self._refuse_elsewhere(parsed, node, member)
        refuse_other_name(parsed, member)
        changes = settle_dates(
            parsed, member, find_changes(parsed, member), self.answers.get(PARTY_DATES)
        )
        check_in = self._plan_check_in(parsed, node, member)
        if parsed.problems:
            return build_plan(parsed, Verdict.REFUSE)
        node = member.organization or node
        if not changes and check_in is None:
            parsed.flag("unchanged")
            return build_plan(
                parsed, Verdict.UNCHANGED, organization=node, member=member
            )
        parsed.flag("updated")
        plan = build_plan(parsed, Verdict.UPDATE, organization=node, member=member)
        labels = {"education": self.education}
        labels |= self.work.labels_of_lists(changes)
        plan.changes = present_changes(member, changes, labels)
        if check_in is not None:
            plan.changes = {**plan.changes, **present_check_in(check_in)}
            plan.questions = _ask_month(parsed)
        if PARTY_DATES in parsed.questions:
            plan.questions = (*plan.questions, PARTY_DATES)
        plan.payload = ChangedMember(member, changes, check_in)
        return plan

    def _plan_check_in(
        self, parsed: ParsedRow, node: Organization | None, member: Member
    ) -> PlannedCheckIn | None:
        """Return the check-in of a recorded member on a sheet of such, if it is new."""
        if node is None or member.community is not None:
            return None
        if not self._checks_in(parsed):
            return None
        refuse_check_in(parsed, member, node)
        return PlannedCheckIn(node, parsed.checked_in_on)

    def _refuse_elsewhere(
        self, parsed: ParsedRow, node: Organization | None, member: Member
    ) -> None:
        """Refuse rows that would move a member to another branch or community."""
        if node is None:
            return
        name = parsed.values["name"]
        home = None if self._checks_in(parsed) else member.organization
        if home is None and member.community is not None:
            if not node.path.startswith(member.community.path):
                recorded = member.community.name
                parsed.refuse(
                    "branch", CheckedInElsewhere(name=name, recorded=recorded)
                )
        elif home is not None and home != node:
            parsed.refuse(
                "branch",
                RecordedInOtherBranch(name=name, recorded=home.name, said=node.name),
            )


def _member_after_import(row: NewMember | ChangedMember, index: str | None) -> Member:
    """Return the unsaved member after the import, for checking constraints."""
    if isinstance(row, NewMember):
        return Member(**row.values, id_index=index or "")
    candidate = copy.copy(row.member)
    for name, value in row.changes.items():
        setattr(candidate, name, value)
    return candidate


def _ask_month(parsed: ParsedRow) -> tuple[str, ...]:
    """Return the question about a day of checking in that is a month, if it is open."""
    if CHECK_IN_MONTH not in parsed.questions:
        return ()
    parsed.flag(f"{CHECK_IN_MONTH}_asked")
    return (CHECK_IN_MONTH,)
