"""Read what a sheet says of in-service members: employer, skills and check-in."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from core.actors import Actor
from core.errors import DomainError
from core.months import today
from core.partial_dates import PartialDate
from exchange.sheet_context import SheetContext
from members.enums import SLOTS, Precision
from members.fields import slots_in_words
from members.roster.branches import BranchResolver
from members.roster.errors import JoinInFuture
from members.roster.free_hours import read_slots
from members.roster.matching import is_in_service
from members.roster.parsed_rows import ParsedRow
from organizations.models import Organization, Unit
from organizations.naming import clean_name
from organizations.queries import code_items
from sheets.read import (
    BLANK,
    Cell,
    ReadDate,
    drop_placeholder,
    read_date,
    read_text,
)

CHECK_IN_MONTH = "check_in_month"
FIRST_DAY, IMPORT_DAY = "first", "import_day"
BETWEEN_SKILLS = re.compile(r"[、，,;；/\s]+")
WITH_POST = re.compile("职务|岗位")  # a heading over the employer and the post there
TERRITORY = re.compile("社区|村|街道|镇|乡")


def find_code(codes: Mapping[str, str], word: str) -> str | None:
    """Return the code whose label is the word, or the only one that has it."""
    if word in codes:
        return codes[word]
    matches = [code for label, code in codes.items() if word in label or label in word]
    return matches[0] if len(matches) == 1 and len(word) > 1 else None


class InServiceReader:
    """Reads the columns about people's work and their check-in, row by row."""

    def __init__(self, context: SheetContext, *, by: Actor) -> None:
        self.answers, self.headers = context.answers, context.headers
        self.by = by

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """The codes of skills and of interests by their labels."""
        lists = ("skills", "interests")
        return {n: {label: code for code, label in code_items(n)} for n in lists}

    @cached_property
    def units(self) -> Mapping[str, list[Unit]]:
        """The resident units that the person manages, by name."""
        units: dict[str, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.managed_by(self.by).open():
            units[clean_name(unit.name)].append(unit)
        return units

    def labels_of_lists(self, changes: Iterable[str]) -> dict[str, Mapping[str, str]]:
        """Return the labels of codes by the lists that are changed."""
        labels: dict[str, Mapping[str, str]] = {
            name: {code: label for label, code in codes.items()}
            for name, codes in self.codes.items()
        }
        labels["free_hours"] = {code: str(label) for code, label in SLOTS.items()}
        return {name: labels[name] for name in labels if name in {*changes}}

    def read(self, parsed: ParsedRow, cells: Mapping[str, Cell]) -> None:
        """Set employer, skills and day of a row; flag what cannot be taken."""
        self._read_employer(parsed, _text(cells, "employer"))
        for name in ("skills", "interests"):
            self._read_list(parsed, name, _text(cells, name))
        self._read_free_hours(parsed, _text(cells, "free_hours"))
        self._read_day(parsed, cells.get("checked_in_on", BLANK))

    def _read_employer(self, parsed: ParsedRow, text: str) -> None:
        if not text:
            return
        unit = self._find_unit(parsed.sheet, clean_name(text))
        if unit is None:
            parsed.flag("employer_unread")
        else:
            parsed.set_value("employer", unit)
            parsed.shown["employer"] = unit.name

    def _find_unit(self, sheet: str, name: str) -> Unit | None:
        """Return the only recorded unit of that name, with a post behind it or not."""
        heading = self.headers.get(sheet, {}).get("employer", "")
        if name not in self.units and WITH_POST.search(heading):
            beginnings = [known for known in self.units if name.startswith(known)]
            name = max(beginnings, key=len, default="")
        units = self.units.get(name, [])
        return units[0] if len(units) == 1 else None

    def _read_list(self, parsed: ParsedRow, name: str, text: str) -> None:
        words = [word for word in BETWEEN_SKILLS.split(text) if word]
        if not words:
            return
        codes = self.codes[name]
        known = [find_code(codes, word) for word in words]
        found = dict.fromkeys(filter(None, known))
        if found:
            parsed.set_value(name, list(found))
            parsed.shown[name] = "、".join(
                label for label, code in codes.items() if code in found
            )
        if not all(known):
            parsed.flag(f"{name}_unread")

    def _read_free_hours(self, parsed: ParsedRow, text: str) -> None:
        found = read_slots(text)
        if found:
            parsed.set_value("free_hours", found)
            parsed.shown["free_hours"] = slots_in_words(found)
        elif text:
            parsed.flag("free_hours_unread")

    def _read_day(self, parsed: ParsedRow, cell: Cell) -> None:
        """Set the day of checking in; a month alone is asked about."""
        if not drop_placeholder(cell.text):
            return
        if not is_in_service(parsed.values):
            parsed.flag("check_in_unused")
            return
        try:
            date = read_date(cell)
        except DomainError as refusal:
            parsed.refuse("checked_in_on", refusal)
            return
        if date is not None:
            self._use_date(parsed, date)

    def _use_date(self, parsed: ParsedRow, date: ReadDate) -> None:
        precision = Precision(date.precision.value)
        if date.value > today():
            day = PartialDate(date.value, precision.value)
            parsed.refuse("checked_in_on", JoinInFuture(day=day))
        elif precision is Precision.DAY:
            _set_day(parsed, date.value)
        elif (answer := self.answers.get(CHECK_IN_MONTH)) == FIRST_DAY:
            _set_day(parsed, date.value)
            parsed.flag("check_in_month_answered")
        elif answer == IMPORT_DAY:
            parsed.flag("check_in_day_is_import")
        else:
            parsed.questions.append(CHECK_IN_MONTH)


def _set_day(parsed: ParsedRow, day: dt.date) -> None:
    parsed.checked_in_on = day
    parsed.shown["checked_in_on"] = day.isoformat()


def _text(cells: Mapping[str, Cell], name: str) -> str:
    """Return the text of an optional cell, or nothing if it cannot be read."""
    try:
        return read_text(cells.get(name, BLANK)) or ""
    except DomainError:
        return ""


def resolve_in_service(
    resolver: BranchResolver, parsed: ParsedRow
) -> Organization | None:
    """Return the branch of an in-service member, or the community they check in with.

    Their formal affiliation is with the employer (R-28), whose branch need not be in
    the tree; a name that says a community or a village is never taken for such a one.
    """
    text = parsed.branch_text
    if text and not TERRITORY.search(text) and not resolver.knows(text):
        parsed.flag("branch_elsewhere")
        return resolver.resolve_community(parsed)
    community = resolver.resolve(parsed)
    if community is None and not {"branch", "community"} & parsed.refused_columns:
        return resolver.resolve_community(parsed)
    return community
