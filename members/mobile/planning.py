"""Plan each row of a register: absence, return, check-in, new member or refusal."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.actors import Actor, scope_of
from core.chunks import chunked
from core.db.constraints import find_violated_constraints
from core.months import month_of
from exchange.import_kinds import RowPlan, Verdict
from exchange.sheet_context import SheetContext
from members.enums import Direction, EndReason
from members.errors import MembershipEnded
from members.mobile.errors import (
    AwaySinceOtherDay,
    BackOnOtherDay,
    BelongsHere,
    BelongsToNoBranch,
    GoneAgain,
    NotRecorded,
)
from members.mobile.matching import RecordedPeople
from members.mobile.plans import Arrival, Return, build_plan, day_of, make_departure
from members.mobile.reading import (
    PersonReader,
    RegisterReader,
    RegisterRow,
    keep_absence_remarks,
    make_mobile,
)
from members.mobile.returns import IS_BACK
from members.models import Member, MobileRecord
from members.roster.branches import BranchResolver
from members.roster.errors import CheckedInElsewhere, RecordedInOtherBranch
from members.roster.namesakes import Namesakes
from members.roster.new_people import doubt_age
from members.roster.parsed_rows import (
    ParsedRow,
    refuse_missing_branch,
    refuse_repeated,
)
from members.roster.planning import CHUNK, COLUMN_OF_RULE, index_of
from organizations.models import CodeItem, Organization
from organizations.queries import code_items
from organizations.roles import RECORD_KEEPERS
from sheets.read import Precision, TableRow

ENTER = "enter"


class RegisterPlanner:
    """Plans a whole register."""

    def __init__(self, *, by: Actor, context: SheetContext) -> None:
        self.by = by
        tops = scope_of(by).paths(RECORD_KEEPERS)
        self.resolver = BranchResolver(
            context, lambda path: any(path.startswith(top) for top in tops)
        )
        groups = CodeItem.objects.listed("ethnic_groups")
        people = PersonReader(
            list(groups.values_list("label", flat=True)),
            dict(code_items("education")),
            context,
            is_organization=self.resolver.knows,
        )
        self.reader = RegisterReader(people, context)
        self.namesakes = Namesakes(by=by)
        self.first_rows: dict[str, tuple[str, int]] = {}
        self.answer = context.answers.get("unrecorded")

    def __call__(self, rows: Iterable[TableRow]) -> Iterator[RowPlan]:
        """Yield a plan for each row, in the order of the rows."""
        for entries in chunked(map(self.reader.read, rows), CHUNK):
            yield from self._plan_chunk(entries)

    def _plan_chunk(self, entries: list[RegisterRow]) -> list[RowPlan]:
        """Plan some of the rows with a constant number of queries."""
        nodes = [self._resolve_organization(entry) for entry in entries]
        refuse_repeated([entry.parsed for entry in entries], self.first_rows)
        records = RecordedPeople(entries, nodes, by=self.by)
        self.namesakes.load(entry.parsed for entry in entries)
        plans = [
            self._plan_row(entry, node, records)
            for entry, node in zip(entries, nodes, strict=True)
        ]
        _refuse_broken_constraints(entries, plans)
        return [
            build_plan(entry, Verdict.REFUSE, node) if entry.parsed.problems else plan
            for entry, node, plan in zip(entries, nodes, plans, strict=True)
        ]

    def _resolve_organization(self, entry: RegisterRow) -> Organization | None:
        """Return the member's own branch, or the community that hosts them."""
        if entry.direction is Direction.IN:
            return self.resolver.resolve_host(entry.parsed)
        return self.resolver.resolve(entry.parsed)

    def _plan_row(
        self,
        entry: RegisterRow,
        node: Organization | None,
        records: RecordedPeople,
    ) -> RowPlan:
        member = records.find(entry, node)
        if entry.parsed.problems:
            return build_plan(entry, Verdict.REFUSE, node)
        if entry.direction is None:
            keep_absence_remarks(entry)
            return build_plan(entry, Verdict.CREATE, node)
        if member is None:
            return self._plan_new(entry, node)
        keep_absence_remarks(entry)
        if member.ended_on is not None:
            reason = EndReason(member.end_reason).label
            entry.parsed.refuse(
                "name",
                MembershipEnded(name=member.name, day=member.ended_on, reason=reason),
            )
            return build_plan(entry, Verdict.REFUSE, node)
        if entry.direction is Direction.IN:
            return _plan_arrival(entry, node, member)
        return _plan_departure(entry, node, member, records.absences[member.pk])

    def _plan_new(self, entry: RegisterRow, node: Organization | None) -> RowPlan:
        """Ask about people who are not recorded; enter or refuse them as answered."""
        parsed, name = entry.parsed, entry.parsed.values["name"]
        self.namesakes.doubt(parsed)
        doubt_age(parsed)
        if not self.answer:
            keep_absence_remarks(entry)
            parsed.questions.append("unrecorded")
            parsed.flag("unrecorded_asked")
            return build_plan(entry, Verdict.CREATE, node)
        if self.answer != ENTER:
            parsed.refuse("name", NotRecorded(name=name))
            return build_plan(entry, Verdict.REFUSE, node)
        make_mobile(parsed)
        parsed.flag("unrecorded_answered")
        if "standing" in parsed.questions:
            parsed.flag("standing_asked")
        refuse_missing_branch(parsed, node)
        if parsed.problems or node is None:
            return build_plan(entry, Verdict.REFUSE, node)
        return _plan_new_member(entry, node)


def _plan_new_member(entry: RegisterRow, node: Organization) -> RowPlan:
    values = entry.parsed.values
    if entry.direction is Direction.IN:
        _refuse_gone_again(entry)
        entry.parsed.flag("host")
        payload: Any = Arrival(node, day_of(entry), values=values)
    else:
        payload = make_departure(entry, values=values, branch=node)
    return build_plan(entry, Verdict.CREATE, node, payload)


def _plan_departure(
    entry: RegisterRow,
    node: Organization | None,
    member: Member,
    absences: Iterable[MobileRecord],
) -> RowPlan:
    """Plan a recorded member's absence, or the return from one."""
    parsed = entry.parsed
    home = member.organization
    if home is None:
        parsed.refuse("branch", BelongsToNoBranch(name=member.name))
    elif node is not None and home != node and _names_branch(parsed):
        differs = RecordedInOtherBranch(
            name=member.name, recorded=home.name, said=node.name
        )
        parsed.refuse("branch", differs)
    known = next((row for row in absences if _is_same(entry, row)), None)
    if known is not None:
        return _plan_known(entry, home, known)
    away = next((row for row in absences if row.ends_on is None), None)
    if away is not None and entry.ends_on is None:
        parsed.refuse(
            "starts_on", AwaySinceOtherDay(name=member.name, day=away.starts_on)
        )
    return build_plan(entry, Verdict.CREATE, home, make_departure(entry, member=member))


def _plan_known(
    entry: RegisterRow, home: Organization | None, known: MobileRecord
) -> RowPlan:
    """Plan the row of a recorded absence: nothing, or the return from it."""
    parsed = entry.parsed
    if _differs(entry, known):
        parsed.flag("absence_differs")
    asked = {"month_only", IS_BACK}
    parsed.questions = [key for key in parsed.questions if key in asked]
    if _says_nothing_new(entry, known):
        parsed.questions = []
        parsed.flag("unchanged")
        return build_plan(entry, Verdict.UNCHANGED, home)
    if known.ends_on is not None:
        name = known.member.name
        parsed.refuse("ends_on", BackOnOtherDay(name=name, day=known.ends_on))
        return build_plan(entry, Verdict.REFUSE, home)
    parsed.flag("returned")
    payload = Return(known, entry.ends_on.value) if entry.ends_on else None
    return build_plan(entry, Verdict.UPDATE, home, payload)


def _says_nothing_new(entry: RegisterRow, known: MobileRecord) -> bool:
    """Whether the row says of the return what is recorded, or nothing."""
    if entry.is_back:  # on no day of its own: any recorded return is meant
        return known.ends_on is not None
    return entry.ends_on is None or entry.ends_on.value == known.ends_on


def _plan_arrival(
    entry: RegisterRow, community: Organization | None, member: Member
) -> RowPlan:
    """Plan the check-in of a recorded member who has come from elsewhere."""
    parsed, name, home = entry.parsed, member.name, member.organization
    _refuse_gone_again(entry)
    if community is None or parsed.problems:
        return build_plan(entry, Verdict.REFUSE, community)
    if home is not None and home.path.startswith(community.path):
        parsed.refuse("branch", BelongsHere(name=name, recorded=home.name))
    elif member.community is not None and member.community != community:
        recorded = member.community.name
        parsed.refuse("branch", CheckedInElsewhere(name=name, recorded=recorded))
    elif member.community is not None:
        parsed.flag("unchanged")
        return build_plan(entry, Verdict.UNCHANGED, community)
    parsed.flag("host")
    payload = Arrival(community, day_of(entry), member=member)
    return build_plan(entry, Verdict.CREATE, community, payload)


def _refuse_gone_again(entry: RegisterRow) -> None:
    if entry.ends_on is not None:
        entry.parsed.refuse("ends_on", GoneAgain())


def _names_branch(parsed: ParsedRow) -> bool:
    """Whether the row or its heading names a branch, rather than the upload."""
    return "branch_assumed" not in parsed.flags


def _is_same(entry: RegisterRow, row: MobileRecord) -> bool:
    """Whether the row is the recorded absence, perhaps known to the month only."""
    day = entry.starts_on
    if day is None or day.precision is Precision.DAY:
        return day is not None and day.value == row.starts_on
    return month_of(day.value) == month_of(row.starts_on)


def _differs(entry: RegisterRow, row: MobileRecord) -> bool:
    kind = entry.kind is not None and entry.kind != row.kind
    return kind or bool(entry.destination and entry.destination != row.destination)


def _refuse_broken_constraints(
    entries: Iterable[RegisterRow], plans: Iterable[RowPlan]
) -> None:
    """Refuse rows whose new member would break constraints, with their messages."""
    candidates = [
        (
            entry.parsed,
            Member(**plan.payload.values, id_index=index_of(entry.parsed) or ""),
        )
        for entry, plan in zip(entries, plans, strict=True)
        if getattr(plan.payload, "values", None)
    ]
    broken = find_violated_constraints([member for _parsed, member in candidates])
    for (parsed, _member), rules in zip(candidates, broken, strict=True):
        for rule in rules:
            column = COLUMN_OF_RULE.get(rule.name, "name")
            parsed.refuse(column, str(rule.get_violation_error_message()))
