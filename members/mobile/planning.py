"""Plan each row of a register: absence, return, check-in, new member or refusal."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.actors import Actor
from core.months import month_of
from exchange.import_kinds import RowPlan, Verdict
from exchange.sheet_context import SheetContext
from members.enums import Direction, EndReason
from members.errors import MembershipEnded
from members.mobile.certificates import KnownCertificates
from members.mobile.directions import Directions
from members.mobile.errors import (
    AwaySinceOtherDay,
    BackOnOtherDay,
    BelongsHere,
    BelongsToNoBranch,
    GoneAgain,
    NotRecorded,
)
from members.mobile.homes import Homes
from members.mobile.matching import RecordedPeople
from members.mobile.places import Places
from members.mobile.plans import (
    Arrival,
    Return,
    StatedCertificate,
    build_plan,
    day_of,
    make_departure,
)
from members.mobile.reading import (
    PersonReader,
    RegisterReader,
    RegisterRow,
    keep_absence_remarks,
    make_mobile,
)
from members.mobile.returns import IS_BACK
from members.models import Member, MobileRecord
from members.roster.errors import CheckedInElsewhere, RecordedInOtherBranch
from members.roster.new_people import doubt_age
from members.roster.parsed_rows import (
    ParsedRow,
    refuse_missing_branch,
    refuse_repeated,
)
from members.roster.sheet_planner import SheetPlanner, refuse_violations
from organizations.models import Organization
from sheets.read import Precision, TableRow

ENTER = "enter"


class RegisterPlanner(SheetPlanner[RegisterRow]):
    """Plans a whole register of mobile members."""

    reader_type = PersonReader

    def __init__(self, *, by: Actor, context: SheetContext) -> None:
        super().__init__(by=by, context=context)
        places = Places(self.resolver)
        directions = Directions(context, places)
        self.reader = RegisterReader(self.people, context, directions)
        self.homes = Homes(context, self.resolver, places)
        self.certificates = KnownCertificates()

    def read(self, rows: Iterable[TableRow]) -> Iterable[RegisterRow]:
        return map(self.reader.read, rows)

    def plan_chunk(self, part: list[RegisterRow]) -> list[RowPlan]:
        nodes = [self._resolve_organization(entry) for entry in part]
        refuse_repeated([entry.parsed for entry in part], self.first_rows)
        records = RecordedPeople(part, nodes, by=self.by)
        self.certificates.load(part, records.members)
        self.namesakes.load(entry.parsed for entry in part)
        plans = [
            self._plan_row(entry, node, records)
            for entry, node in zip(part, nodes, strict=True)
        ]
        refuse_violations(
            [
                (entry.parsed, _new_member(entry.parsed, plan.payload.values))
                for entry, plan in zip(part, plans, strict=True)
                if getattr(plan.payload, "values", None)
            ]
        )
        return [
            build_plan(entry, Verdict.REFUSE, node) if entry.parsed.problems else plan
            for entry, node, plan in zip(part, nodes, plans, strict=True)
        ]

    def _resolve_organization(self, entry: RegisterRow) -> Organization | None:
        """Return the member's own branch, or the community that hosts them."""
        if entry.direction is Direction.IN:
            return self.homes.resolve_host(entry)
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
        number = self.certificates.find_new(entry, member.organization, member)
        absences = records.absences[member.pk]
        return _plan_departure(entry, node, member, absences, number)

    def _plan_new(self, entry: RegisterRow, node: Organization | None) -> RowPlan:
        """Ask about people who are not recorded; enter or refuse them as answered."""
        parsed, name = entry.parsed, entry.parsed.values["name"]
        self.namesakes.doubt(parsed)
        doubt_age(parsed)
        if not self.answers.get("unrecorded"):
            keep_absence_remarks(entry)
            parsed.questions.append("unrecorded")
            parsed.flag("unrecorded_asked")
            return build_plan(entry, Verdict.CREATE, node)
        if self.answers.get("unrecorded") != ENTER:
            parsed.refuse("name", NotRecorded(name=name))
            return build_plan(entry, Verdict.REFUSE, node)
        make_mobile(parsed)
        parsed.flag("unrecorded_answered")
        if "standing" in parsed.questions:
            parsed.flag("standing_asked")
        refuse_missing_branch(parsed, node)
        if parsed.problems or node is None:
            return build_plan(entry, Verdict.REFUSE, node)
        number = ""
        if entry.direction is Direction.OUT:
            number = self.certificates.find_new(entry, node, None)
        return _plan_new_member(entry, node, number)


def _plan_new_member(entry: RegisterRow, node: Organization, number: str) -> RowPlan:
    values = entry.parsed.values
    if entry.direction is Direction.IN:
        _refuse_gone_again(entry)
        entry.parsed.flag("host")
        payload: Any = Arrival(
            node, day_of(entry), values=values, home_branch=entry.home_branch
        )
    else:
        payload = make_departure(entry, certificate=number, values=values, branch=node)
    return build_plan(entry, Verdict.CREATE, node, payload)


def _plan_departure(
    entry: RegisterRow,
    node: Organization | None,
    member: Member,
    absences: Iterable[MobileRecord],
    number: str,
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
        return _plan_known(entry, home, known, number)
    away = next((row for row in absences if row.ends_on is None), None)
    if away is not None and entry.ends_on is None:
        parsed.refuse(
            "starts_on", AwaySinceOtherDay(name=member.name, day=away.starts_on)
        )
    departure = make_departure(entry, certificate=number, member=member)
    return build_plan(entry, Verdict.CREATE, home, departure)


def _plan_known(
    entry: RegisterRow, home: Organization | None, known: MobileRecord, number: str
) -> RowPlan:
    """Plan the row of a recorded absence: a certificate, the return, or nothing."""
    parsed = entry.parsed
    if _differs(entry, known):
        parsed.flag("absence_differs")
    asked = {"month_only", IS_BACK}
    parsed.questions = [key for key in parsed.questions if key in asked]
    if _says_nothing_new(entry, known):
        parsed.questions = []
        if number and known.ends_on is None:
            parsed.flag("certificate_taken")
            stated = StatedCertificate(known.member, number)
            return build_plan(entry, Verdict.UPDATE, home, stated)
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
    elsewhere = "" if home is not None else entry.home_branch
    payload = Arrival(community, day_of(entry), member=member, home_branch=elsewhere)
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


def _new_member(parsed: ParsedRow, values: Mapping[str, Any]) -> Member:
    """Return the unsaved member of a row, for checking constraints."""
    return Member(**values, id_index=parsed.id_index or "")
