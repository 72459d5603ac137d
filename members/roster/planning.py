"""Judging drafts against the records: created, changed, left alone or refused."""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.actors import scope_of
from core.db.constraints import find_broken_rules
from core.db.tree import ancestor_paths
from core.identity import identity_index, mask_identity_number
from exchange.import_kinds import RowPlan, Verdict
from members.enums import Category, Sex, Standing
from members.errors import AlreadyRecorded
from members.models import Member
from members.roster.branches import BranchResolver
from members.roster.errors import (
    CheckedInElsewhere,
    InServiceOfNoCommunity,
    RecordedByOtherName,
    RecordedInOtherBranch,
    TooManyRefused,
    TwiceInFile,
    TwiceInSheets,
)
from members.roster.matching import (
    Records,
    differences,
    is_in_service,
    merged,
    shown_changes,
)
from members.roster.parsed_rows import ParsedRow
from members.roster.reading import RowReader
from organizations.enums import FILING
from organizations.models import CodeItem, Organization
from organizations.roles import RECORD_KEEPERS
from sheets.read import TableRow

NO_LETTER = re.compile(r"[\W_]+")
MOST_REFUSED = 1_000  # beyond which a sheet with hardly a good row is given up
MOST_OF_ALL = 0.9
COLUMN_OF_RULE = {
    "member_once": "id_number",
    "member_joins_after_birth": "join_date",
    "member_full_after_joining": "full_member_date",
    "member_probationary_has_no_full_date": "full_member_date",
}


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody to be entered: in a branch, or checked in with its community."""

    values: Mapping[str, Any]
    branch: Organization
    community: Organization | None = None


@dataclass(frozen=True, slots=True)
class ChangedMember:
    """Somebody recorded of whom the roster knows better."""

    member: Member
    changes: Mapping[str, Any]


class RosterPlanner:
    """Judges a whole roster: the file as one, so that nobody stands in it twice."""

    def __init__(self, *, by: Any, options: Mapping[str, Any]) -> None:
        self.by = by
        tops = scope_of(by).paths(RECORD_KEEPERS)
        self.placer = BranchResolver(
            options["organization"],
            lambda path: any(path.startswith(top) for top in tops),
            options.get("titles", {}),
        )
        groups = CodeItem.objects.listed("ethnic_groups")
        self.reader = RowReader(list(groups.values_list("label", flat=True)))

    def __call__(self, rows: Iterable[TableRow]) -> list[RowPlan]:
        """Return a plan for each row, in the order of the rows."""
        drafts = list(self._read(rows))
        places = [self.placer.place(draft) for draft in drafts]
        indexes = [_index_of(draft) for draft in drafts]
        _refuse_repeated(drafts)
        records = Records([i for i in indexes if i is not None], by=self.by)
        plans = [
            self._plan(draft, place, index, records)
            for draft, place, index in zip(drafts, places, indexes, strict=True)
        ]
        _hold_against_rules(drafts, plans, indexes)
        return [
            _plan(draft, Verdict.REFUSE) if draft.problems else plan
            for draft, plan in zip(drafts, plans, strict=True)
        ]

    def _read(self, rows: Iterable[TableRow]) -> Iterator[ParsedRow]:
        """Read the rows, and stop where a sheet turns out to be no roster at all."""
        refused: list[ParsedRow] = []
        for number, row in enumerate(rows, start=1):
            draft = self.reader.read(row)
            refused += [draft] if draft.problems else []
            if len(refused) > max(MOST_REFUSED, MOST_OF_ALL * number):
                raise TooManyRefused(
                    row=draft.excel_row,
                    count=len(refused),
                    first=refused[0].problems[0],
                )
            yield draft

    def _plan(
        self,
        draft: ParsedRow,
        place: Organization | None,
        index: str | None,
        records: Records,
    ) -> RowPlan:
        member = records.ours.get(index or "")
        if index in records.taken and member is None:
            draft.refuse("id_number", AlreadyRecorded())
        elif member is None:
            self.placer.require(draft, place)
        if draft.problems:
            return _plan(draft, Verdict.REFUSE)
        if member is not None:
            return self._known(draft, place, member)
        assert place is not None  # noqa: S101 -- `require` refused the row otherwise
        return self._new(draft, place)

    def _new(self, draft: ParsedRow, place: Organization) -> RowPlan:
        if "join_date" not in draft.values:
            draft.flag("join_missing")
        community = None
        if is_in_service(draft.values):
            community = self._community(place)
            draft.flag("in_service")
            if community is None:
                draft.refuse(
                    "category",
                    InServiceOfNoCommunity(name=draft.values["name"], place=place.name),
                )
                return _plan(draft, Verdict.REFUSE)
        plan = _plan(draft, Verdict.CREATE, place=place)
        plan.payload = NewMember(draft.values, place, community)
        return plan

    def _known(
        self, draft: ParsedRow, place: Organization | None, member: Member
    ) -> RowPlan:
        self._refuse_elsewhere(draft, place, member)
        _refuse_other_name(draft, member)
        changes = differences(draft, member)
        if draft.problems:
            return _plan(draft, Verdict.REFUSE)
        place = member.organization or place
        if not changes:
            draft.flag("unchanged")
            return _plan(draft, Verdict.UNCHANGED, place=place, member=member)
        draft.flag("updated")
        plan = _plan(draft, Verdict.UPDATE, place=place, member=member)
        plan.changes = shown_changes(member, changes)
        plan.payload = ChangedMember(member, changes)
        return plan

    def _refuse_elsewhere(
        self, draft: ParsedRow, place: Organization | None, member: Member
    ) -> None:
        """An import moves nobody from one branch or community to another."""
        if place is None:
            return
        name = draft.values["name"]
        if member.organization is None and member.community is not None:
            if not place.path.startswith(member.community.path):
                recorded = member.community.name
                draft.refuse("branch", CheckedInElsewhere(name=name, recorded=recorded))
        elif member.organization is not None and member.organization != place:
            draft.refuse(
                "branch",
                RecordedInOtherBranch(
                    name=name, recorded=member.organization.name, said=place.name
                ),
            )

    def _community(self, place: Organization) -> Organization | None:
        """Return the community in which a branch lies, if it lies in one."""
        nodes = self.placer.book.nodes
        paths = [place.path, *reversed(ancestor_paths(place.path))]
        above = (nodes[path] for path in paths if path in nodes)
        return next((node for node in above if node.kind in FILING), None)


def _hold_against_rules(
    drafts: Iterable[ParsedRow], plans: Iterable[RowPlan], indexes: Iterable[str | None]
) -> None:
    """Refuse the rows that the table's rules would refuse, in the rules' own words."""
    entering = [
        (draft, _entering(plan.payload, index))
        for draft, plan, index in zip(drafts, plans, indexes, strict=True)
        if plan.payload is not None
    ]
    broken = find_broken_rules([member for _draft, member in entering])
    for (draft, _member), rules in zip(entering, broken, strict=True):
        for rule in rules:
            column = COLUMN_OF_RULE.get(rule.name, "name")
            draft.refuse(column, str(rule.get_violation_error_message()))


def _entering(row: NewMember | ChangedMember, index: str | None) -> Member:
    """Return the member as he would be recorded, as far as rules ask."""
    if isinstance(row, NewMember):
        return Member(**row.values, id_index=index or "")
    tried = copy.copy(row.member)
    for name, value in row.changes.items():
        setattr(tried, name, value)
    return tried


def _index_of(draft: ParsedRow) -> str | None:
    number = draft.values.get("id_number")
    return identity_index(number) if number else None


def _refuse_other_name(draft: ParsedRow, member: Member) -> None:
    """Refuse another name; with another dot or none it is the same."""
    said = draft.values["name"]
    if NO_LETTER.sub("", said) != NO_LETTER.sub("", member.name):
        draft.refuse("name", RecordedByOtherName(recorded=member.name, said=said))


def _refuse_repeated(drafts: Iterable[ParsedRow]) -> None:
    """Refuse every row but the first that bears a number, even if that was refused."""
    first: dict[str, ParsedRow] = {}
    for draft in drafts:
        number = draft.values.get("id_number")
        if not number:
            continue
        earlier = first.setdefault(number, draft)
        if earlier is draft:
            continue
        if earlier.sheet == draft.sheet:
            draft.refuse("id_number", TwiceInFile(first=earlier.excel_row))
        else:
            draft.refuse(
                "id_number",
                TwiceInSheets(sheet=earlier.sheet, first=earlier.excel_row),
            )


def _plan(
    draft: ParsedRow,
    verdict: Verdict,
    *,
    place: Organization | None = None,
    member: Member | None = None,
) -> RowPlan:
    return RowPlan(
        sheet=draft.sheet,
        excel_row=draft.excel_row,
        verdict=verdict,
        label=_label(draft, place),
        message="；".join(draft.problems),
        flags=draft.flags,
        fields={} if draft.problems else _fields(merged(draft, member), place),
    )


def _label(draft: ParsedRow, place: Organization | None) -> str:
    """Tell who a row is about and where he will belong, the number masked."""
    number = draft.values.get("id_number")
    tail = mask_identity_number(number)[-8:] if number else ""
    who = f"{draft.values.get('name', '')} {tail}".strip()
    return f"{who} · {place}" if place else who


def _fields(values: Mapping[str, Any], place: Organization | None) -> dict[str, Any]:
    """Return the values in full, for the operator's own file."""
    plain = {
        name: values.get(name) or None
        for name in ("name", "id_number", "phone", "ethnicity", "remark")
    }
    dates = {
        name: day.isoformat() if (day := values.get(name)) else None
        for name in ("birth_date", "join_date", "full_member_date")
    }
    return {
        **plain,
        **dates,
        "sex": str(Sex(values["sex"]).label),
        "branch": place.name if place else None,
        "member_type": str(Standing(values["standing"]).label),
        "category": str(Category(values["category"]).label),
    }
