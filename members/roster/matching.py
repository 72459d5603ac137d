"""Match the people on a roster with recorded members."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from core.actors import Actor
from core.chunks import chunked
from core.dates import format_day
from core.db.fields import EncryptedTextField
from members.duplicates.merged import members_by_former_number
from members.enums import PRECISION_OF, Category, Precision
from members.models import Member
from members.roster.columns import LABELS
from members.roster.education import is_same_level
from members.roster.errors import RecordedUnderOtherName
from members.roster.parsed_rows import ParsedRow
from members.unusual_dates import known_date

LISTS = ("skills", "interests", "free_hours")
"""Lists of codes, to which a sheet adds."""
COMPARED = (
    *("name", "ethnicity", "education", "join_date", "full_member_date"),
    *("standing", "category", "phone", "landline", "address", "remark"),
    *("employer", *LISTS),
)
COLUMNS = {column.name: column for column in Member._meta.concrete_fields}
BATCH_SIZE = 10_000
COARSENESS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2}

NO_LETTER = re.compile(r"[\W_]+")


class RecordedMembers:
    """Recorded members by identity number index.

    `recorded` has all known indexes; `managed` only the members whom the user manages,
    because the user may learn nothing else about others.
    """

    def __init__(
        self, indexes: Iterable[str], *, by: Actor, with_check_ins: bool = False
    ) -> None:
        self.recorded: set[str] = set()
        self.managed: dict[str, Member] = {}
        for part in chunked(indexes, BATCH_SIZE):
            everywhere = Member.objects.filter(id_index__in=part)
            self.recorded.update(everywhere.values_list("id_index", flat=True))
            managed = Member.objects.managed_by(by).filter(id_index__in=part)
            related = managed.select_related("organization", "community", "employer")
            if with_check_ins:
                related = related.prefetch_related("check_ins__community")
            for member in related:
                self.managed[member.id_index] = member
            self._add_merged(part, by)

    def _add_merged(self, part: Iterable[str], by: Actor) -> None:
        """Take the number of a merged record for the person it was of."""
        meant = {
            index: member
            for index, member in members_by_former_number(part)
            if index not in self.recorded
        }
        if not meant:
            return
        self.recorded.update(meant)
        keys = [member.pk for member in meant.values()]
        managed = Member.objects.managed_by(by).filter(pk__in=keys)
        allowed = {*managed.values_list("pk", flat=True)}
        self.managed |= {i: m for i, m in meant.items() if m.pk in allowed}


def find_changes(parsed: ParsedRow, member: Member) -> dict[str, Any]:
    """Return the stated values that differ from the recorded ones."""
    changes: dict[str, Any] = {}
    for name in COMPARED:
        if name not in parsed.stated or _is_same(parsed, member, name):
            continue
        changes[name] = _value_after(parsed, member, name)
        if name.endswith("_date"):
            precision = PRECISION_OF[name]
            changes[precision] = parsed.values[precision]
    return changes


def _value_after(parsed: ParsedRow, member: Member, name: str) -> Any:
    """Return what would be recorded; skills are added to those that are known."""
    value = parsed.values[name]
    if name not in LISTS:
        return value
    return [*dict.fromkeys([*getattr(member, name), *value])]


def _is_same(parsed: ParsedRow, member: Member, name: str) -> bool:
    """Whether the row states the recorded value, perhaps less exactly."""
    value, recorded = parsed.values[name], getattr(member, name)
    if name == "education":
        return is_same_level(value, recorded)
    if name in LISTS:
        return set(value) <= set(recorded)
    if not name.endswith("_date") or recorded is None:
        return bool(value == recorded)
    precision = Precision(parsed.values[PRECISION_OF[name]])
    known = Precision(getattr(member, PRECISION_OF[name]))
    if COARSENESS[precision] <= COARSENESS[known]:
        return bool(value == recorded and precision == known)
    if precision is Precision.MONTH:
        return bool(value.replace(day=1) == recorded.replace(day=1))
    return bool(value.year == recorded.year)


def merge(parsed: ParsedRow, member: Member | None) -> Mapping[str, Any]:
    """Return the values that would be recorded after the import."""
    if member is None:
        return parsed.values
    recorded = {n: getattr(member, column.attname) for n, column in COLUMNS.items()}
    stated = {name: parsed.values[name] for name in parsed.stated}
    return {**recorded, **stated}


def present_changes(
    member: Member,
    changes: Mapping[str, Any],
    labels: Mapping[str, Mapping[str, str]],
) -> dict[str, tuple[str, str]]:
    """Return each change as before and after by label, with secrets masked.

    `labels` are those of the codes in columns that name items of a code list.
    """

    def present(name: str, value: Any) -> str:
        known = labels.get(name, {})
        if isinstance(value, list):
            return present_value(name, "、".join(known.get(v, v) for v in value))
        return present_value(name, known.get(value, value) if known else value)

    recorded = {**vars(member), "employer": member.employer}

    return {
        str(LABELS[name]): (
            present(name, known_date(name, recorded)),
            present(name, known_date(name, changes)),
        )
        for name in changes
        if name in LABELS
    }


def present_value(name: str, value: Any) -> str:
    """Return a value for display, masked if it is secret."""
    if value is None or value == "":
        return "—"
    column = COLUMNS[name]
    if isinstance(column, EncryptedTextField):
        return column.mask(value) if column.mask else "***"
    if column.choices:
        return str(dict(column.flatchoices)[value])
    return format_day(value) if isinstance(value, dt.date) else str(value)


def is_in_service(values: Mapping[str, Any]) -> bool:
    """Whether the person's formal affiliation is with their employer (R-28)."""
    return bool(values.get("category") == Category.IN_SERVICE)


def refuse_other_name(parsed: ParsedRow, member: Member) -> None:
    """Refuse another name; punctuation in names is ignored."""
    name = parsed.values["name"]
    if NO_LETTER.sub("", name) != NO_LETTER.sub("", member.name):
        parsed.refuse("name", RecordedUnderOtherName(recorded=member.name, said=name))
