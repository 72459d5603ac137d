"""Kinds of sheet that can be taken in, and what is said of each of their rows.

`exchange` reads the file, shows the plan and calls `commit`; the app whose rows they
are declares the columns, plans each row and runs the action.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.registries.registry import Registry
from core.text import StrOrPromise
from organizations.roles import NOBODY, Role


class Verdict(TextChoices):
    """What will come of one row."""

    CREATE = "create", _("Will be created")
    UPDATE = "update", _("Will be changed")
    UNCHANGED = "unchanged", _("Already recorded, left alone")
    REFUSE = "refuse", _("Refused")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column that is looked for: its field, and the words offices head it by."""

    field: str
    words: tuple[str, ...]
    required: bool = False


@dataclass(slots=True)
class RowPlan:
    """One row, read, and what will come of it.

    `fields` are plain values for the operator's file, `label` and `changes` are masked
    and may be shown and stored, `payload` is what `commit` needs.
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


class ImportKind(ABC):
    """One kind of sheet: its columns, how a row is judged, how the good ones go in.

    `flags` says in words what the remarks on a row mean, `checks` which of a new row's
    fields the preview shows, so that one can see that they were read rightly.
    """

    key: ClassVar[str]
    label: ClassVar[StrOrPromise]
    columns: ClassVar[Sequence[SheetColumn]]
    flags: ClassVar[Mapping[str, StrOrPromise]] = {}
    checks: ClassVar[Mapping[str, StrOrPromise]] = {}
    managed_with: ClassVar[frozenset[Role]] = NOBODY

    @abstractmethod
    def planner(
        self, *, by: Any, options: Mapping[str, Any]
    ) -> Callable[[Iterable[Any]], Iterable[RowPlan]]:
        """Return what judges rows (`sheets.read` table rows) for the person."""

    @abstractmethod
    def commit(
        self, plans: Sequence[RowPlan], *, by: Any, options: Mapping[str, Any]
    ) -> None:
        """Create or change all the planned rows, or none."""


import_kinds: Registry[ImportKind] = Registry("Import kind")
