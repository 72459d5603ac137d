"""Kinds of sheet that can be imported, and the plan of each of their rows.

`exchange` reads the file, shows the plan and calls `commit`; the app that owns the rows
declares the columns, plans each row and runs the action.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, TypeVar

from core.actors import Actor
from core.crypto import blind_index
from core.errors import DomainError
from core.registries.registry import Registry
from core.text import StrOrPromise
from exchange.doubts import Doubt, Understands
from exchange.enums import Verdict
from exchange.sheet_context import SheetContext
from exchange.sheet_types import SheetType
from organizations.roles import NO_ROLES, Role
from sheets.read import ColumnSpec as SheetColumn

__all__ = [
    "AskedGroup",
    "ImportKind",
    "Question",
    "RowPlan",
    "RowReason",
    "SheetColumn",
    "Verdict",
    "import_kinds",
    "payloads_of",
    "row_reason",
]


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the person who uploads a sheet that does not answer it itself."""

    key: str
    label: StrOrPromise
    choices: Sequence[tuple[str, StrOrPromise]]


class AskedGroup(NamedTuple):
    """The rows of a question that are alike: below one heading, or with one word.

    One that `stands_alone` is named where it is the only one: its rows are refused, and
    only who reads its words can say that they are not to be.
    """

    question: str
    group: str
    stands_alone: bool = False

    @property
    def key(self) -> str:
        """A short digest by which it is answered; nobody guesses the group from it."""
        body = f"{self.question}\0{self.group}"
        return blind_index(body, purpose="import group")[:16]


class RowReason(NamedTuple):
    """One reason why a row is refused, without its number; rows are grouped by key."""

    key: str
    text: str


def row_reason(column: StrOrPromise, reason: DomainError | str) -> RowReason:
    """Return the reason for which a column's value is refused, alike for all rows."""
    kind = reason if isinstance(reason, str) else type(reason).__name__
    return RowReason(f"{column}/{kind}", f"{column}：{reason}")


@dataclass(slots=True)
class RowPlan:
    """One row as read, and its outcome.

    `fields` are plain values for the operator's file, `label` and `changes` are masked
    and may be shown and stored, `payload` is what `commit` needs. `questions` are the
    keys of the questions that must be answered before the row can be entered, `asked`
    the groups whose answer it takes, `reasons` those for which it is refused, `doubts`
    what somebody has to look at before. `also_on` is an earlier sheet of the file on
    which the person or thing stands as well.
    """

    sheet: str | None
    excel_row: int
    verdict: Verdict
    label: str = ""
    message: str = ""
    flags: list[str] = field(default_factory=list)
    fields: Mapping[str, str | None] = field(default_factory=dict)
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    payload: Any = None
    questions: tuple[str, ...] = ()
    asked: tuple[AskedGroup, ...] = ()
    reasons: Sequence[RowReason] = ()
    doubts: tuple[Doubt, ...] = ()
    also_on: str = ""


Payload = TypeVar("Payload")


def payloads_of(plans: Iterable[RowPlan], kind: type[Payload]) -> list[Payload]:
    """Return the payloads of one kind, in the order of the rows."""
    return [plan.payload for plan in plans if isinstance(plan.payload, kind)]


class ImportKind(ABC):
    """One kind of sheet: its columns, how its rows are planned and entered.

    `flags` gives the flags of rows in words, `checks` the fields of a row that the
    preview shows, so that people can check how they were read. If there
    are `sheet_types`, each sheet is recognized first, and only those are read that have
    no refusal; `identifying` are the columns whose absence a refusal names.
    """

    key: ClassVar[str]
    label: ClassVar[StrOrPromise]
    columns: ClassVar[Sequence[SheetColumn]]
    flags: ClassVar[Mapping[str, StrOrPromise]] = {}
    checks: ClassVar[Mapping[str, StrOrPromise]] = {}
    questions: ClassVar[Sequence[Question]] = ()
    sheet_types: ClassVar[Sequence[SheetType]] = ()
    identifying: ClassVar[Sequence[str]] = ()
    managed_with: ClassVar[frozenset[Role]] = NO_ROLES
    asks_start: ClassVar[bool] = True

    @abstractmethod
    def planner(
        self, *, by: Actor, context: SheetContext
    ) -> Callable[[Iterable[Any]], Iterable[RowPlan]]:
        """Return a function that plans rows of `sheets.read` for the person."""

    def doubt_reader(self, *, context: SheetContext) -> Understands | None:
        """Return what says which texts on a sheet are understood; None: ask about none.

        A kind that takes the people on a sheet for something overrides it: every text
        that is not understood is then shown once and has to be looked at.
        """
        return None

    @abstractmethod
    def commit(
        self, plans: Sequence[RowPlan], *, by: Actor, starts_on: dt.date | None = None
    ) -> None:
        """Create or change all the planned rows, or none.

        Memberships begin on `starts_on`, by default today.
        """


import_kinds: Registry[ImportKind] = Registry("Import kind")
