"""Find the members that a register means, and their recorded absences."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from core.actors import Actor
from core.chunks import chunked
from members.errors import AlreadyRecorded
from members.mobile.errors import (
    NotRecordedByName,
    NumberOrBranchMissing,
    SeveralOfTheName,
)
from members.mobile.reading import RegisterRow
from members.models import Member, MobileRecord
from members.roster.matching import BATCH_SIZE, RecordedMembers, refuse_other_name
from organizations.models import Organization


class RecordedPeople:
    """The recorded members of a register, by number or by name and branch."""

    def __init__(
        self,
        entries: Sequence[RegisterRow],
        nodes: Sequence[Organization | None],
        *,
        by: Actor,
    ) -> None:
        indexes = [entry.parsed.id_index for entry in entries]
        self.numbered = RecordedMembers([i for i in indexes if i], by=by)
        self.named = _find_by_name(
            {
                entry.parsed.values.get("name", "")
                for entry, index in zip(entries, indexes, strict=True)
                if index is None
            },
            {node.pk for node in nodes if node is not None},
            by=by,
        )
        members = [*self.numbered.managed.values()]
        members += [m for found in self.named.values() for m in found]
        self.members = members
        self.absences = _find_absences(members)

    def find(self, entry: RegisterRow, node: Organization | None) -> Member | None:
        """Return the member that a row means; refuse doubts and other organizations."""
        index = entry.parsed.id_index
        if index is None:
            return self._find_by_name(entry, node)
        member = self.numbered.managed.get(index)
        if member is None and index in self.numbered.recorded:
            entry.parsed.refuse("id_number", AlreadyRecorded())
        elif member is not None and "name" in entry.parsed.values:
            refuse_other_name(entry.parsed, member)
        return member

    def _find_by_name(
        self, entry: RegisterRow, node: Organization | None
    ) -> Member | None:
        parsed = entry.parsed
        if parsed.problems:
            return None
        if node is None:
            parsed.refuse("id_number", NumberOrBranchMissing())
            return None
        found = self.named.get((node.pk, parsed.values["name"]), [])
        if len(found) == 1:
            entry.flag("matched_by_name")
            return found[0]
        parsed.refuse("id_number", SeveralOfTheName() if found else NotRecordedByName())
        return None


def _find_by_name(
    names: Iterable[str], nodes: Iterable[int], *, by: Actor
) -> dict[tuple[int | None, str], list[Member]]:
    """Return the current members of branches by branch and name."""
    found: dict[tuple[int | None, str], list[Member]] = defaultdict(list)
    for part in chunked(names, BATCH_SIZE):
        rows = Member.objects.managed_by(by).current()
        rows = rows.filter(name__in=part, organization__in=list(nodes))
        for member in rows.select_related("organization", "community"):
            found[member.organization_id, member.name].append(member)
    return found


def _find_absences(members: Sequence[Member]) -> dict[int, list[MobileRecord]]:
    """Return the recorded absences of members, the latest first."""
    absences: dict[int, list[MobileRecord]] = defaultdict(list)
    for part in chunked((member.pk for member in members), BATCH_SIZE):
        rows = MobileRecord.objects.filter(member__in=part)
        for row in rows.order_by("-starts_on", "-pk"):
            absences[row.member_id].append(row)
    return absences
