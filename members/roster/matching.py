"""What is recorded already of the people on a roster."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.actors import Actor
from core.db.fields import EncryptedTextField
from members.enums import Category, Precision
from members.models import Member
from members.resources import LABELS
from members.roster.parsed_rows import ParsedRow

COMPARED = (
    *("name", "ethnicity", "education", "join_date", "full_member_date"),
    *("standing", "category", "phone", "landline", "address", "remark"),
)
COLUMNS = {column.name: column for column in Member._meta.concrete_fields}
AT_ONCE = 10_000
COARSENESS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2}


class Records:
    """Members found by their identity numbers: who is recorded, who of them is ours.

    Of somebody recorded elsewhere nothing is known here but that he is.
    """

    def __init__(self, indexes: Iterable[str], *, by: Actor) -> None:
        wanted = list(indexes)
        self.taken: set[str] = set()
        self.ours: dict[str, Member] = {}
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            everywhere = Member.objects.filter(id_index__in=part)
            self.taken.update(everywhere.values_list("id_index", flat=True))
            ours = Member.objects.managed_by(by).filter(id_index__in=part)
            for member in ours.select_related("organization", "community"):
                self.ours[member.id_index] = member


def differences(draft: ParsedRow, member: Member) -> dict[str, Any]:
    """Return the values the row itself gives that differ from what is recorded."""
    changes: dict[str, Any] = {}
    for name in COMPARED:
        if name not in draft.given or _agrees(draft, member, name):
            continue
        changes[name] = draft.values[name]
        if name.endswith("_date"):
            precision = _precision_of(name)
            changes[precision] = draft.values[precision]
    return changes


def _precision_of(name: str) -> str:
    return f"{name.removesuffix('_date')}_precision"


def _agrees(draft: ParsedRow, member: Member, name: str) -> bool:
    """Whether the row says nothing else than the record, if perhaps less exactly."""
    said, recorded = draft.values[name], getattr(member, name)
    if not name.endswith("_date") or recorded is None:
        return bool(said == recorded)
    precision = Precision(draft.values[_precision_of(name)])
    known = Precision(getattr(member, _precision_of(name)))
    if COARSENESS[precision] <= COARSENESS[known]:
        return bool(said == recorded and precision == known)
    if precision is Precision.MONTH:
        return bool(said.replace(day=1) == recorded.replace(day=1))
    return bool(said.year == recorded.year)


def merged(draft: ParsedRow, member: Member | None) -> Mapping[str, Any]:
    """Return what would be recorded after the import."""
    if member is None:
        return draft.values
    recorded = {name: getattr(member, name) for name in COLUMNS}
    given = {name: draft.values[name] for name in draft.given}
    return {**recorded, **given}


def shown_changes(
    member: Member, changes: Mapping[str, Any]
) -> dict[str, tuple[str, str]]:
    """Return each change as before and after, under its label, secrets masked."""
    return {
        str(LABELS[name]): (shown(name, getattr(member, name)), shown(name, value))
        for name, value in changes.items()
        if name in LABELS
    }


def shown(name: str, value: Any) -> str:
    """Return a value as it may be shown."""
    if value is None or value == "":
        return "—"
    column = COLUMNS[name]
    if isinstance(column, EncryptedTextField):
        return column.mask(value) if column.mask else "***"
    if column.choices:
        return str(dict(column.flatchoices)[value])
    return str(value)


def is_in_service(values: Mapping[str, Any]) -> bool:
    """Whether the person's formal affiliation lies with his employer (R-28)."""
    return bool(values.get("category") == Category.IN_SERVICE)
