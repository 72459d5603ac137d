"""Recognize each sheet of a file, and leave out those that the kind does not read."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import NoReturn

from core.crypto import blind_index
from exchange.errors import (
    DoubtfulSheet,
    FewPartyColumns,
    IncompleteSheet,
    MixedSheet,
    OtherPeople,
    OtherSheet,
    UnknownSheet,
)
from exchange.import_kinds import ImportKind
from exchange.sheet_types import Evidence, Recognition, SheetType, recognize
from sheets.read import Glance, fold

SHOWN_HEADINGS = 4
FIGURES = re.compile("\\d+")
ALL_SHEETS = "*"  # the key of an answer for every sheet


class SheetRecognizer:
    """Recognizes the sheets of one file for a kind; `types` are those that are read."""

    def __init__(
        self, kind: ImportKind, file_name: str, answers: Mapping[str, str]
    ) -> None:
        self.kind = kind
        self.file_name = PurePath(file_name).stem
        self.answers = answers
        self.recognized: list[dict[str, str]] = []
        self.types: dict[str, SheetType] = {}
        self.layouts: dict[str, str] = {}

    def __call__(self, glance: Glance) -> None:
        """Record the type of a sheet; refuse sheets that the kind does not read."""
        if not self.kind.sheet_types:
            return
        recognition = self._recognize(glance)
        if recognition is None and not glance.headings:
            return
        self._record(glance.sheet, recognition)
        self.layouts[glance.sheet] = digest_layout(glance.headings)
        if recognition is None:
            self._refuse_unrecognized(glance)
        self.types[glance.sheet] = recognition.sheet_type
        if recognition.sheet_type.refusal:
            self._refuse(glance, recognition.sheet_type)
        if not glance.is_complete:
            raise IncompleteSheet(
                sheet=glance.sheet,
                type=recognition.sheet_type.label,
                evidence=recognition.evidence.label,
                missing=_join(self._required(glance)),
            )

    @property
    def untitled(self) -> frozenset[str]:
        """The sheets whose type neither a title or name nor an answer says."""
        return frozenset(
            note["sheet"]
            for note in self.recognized
            if note["evidence"] == Evidence.CONTENT
        )

    def _refuse_unrecognized(self, glance: Glance) -> NoReturn:
        """Refuse a sheet of which nothing shows the type, with what it has or lacks."""
        missing = self._missing(glance)
        types = self.kind.sheet_types
        for refusal, find in (
            (DoubtfulSheet, SheetType.find_strange_headings),
            (FewPartyColumns, SheetType.find_few_headings),
        ):
            headings = next(filter(None, (find(t, glance) for t in types)), [])
            if headings and glance.is_complete:
                raise refusal(
                    sheet=glance.sheet,
                    kind=self.kind.label,
                    headings=_join(headings[:SHOWN_HEADINGS]),
                )
        raise (UnknownSheet if missing else MixedSheet)(
            sheet=glance.sheet, kind=self.kind.label, missing=missing
        )

    def _refuse(self, glance: Glance, sheet_type: SheetType) -> NoReturn:
        missing = self._missing(glance)
        lacking = sheet_type.names_missing and missing
        raise (OtherPeople if lacking else OtherSheet)(
            sheet=glance.sheet,
            type=sheet_type.label,
            kind=self.kind.label,
            reason=sheet_type.refusal,
            missing=missing,
        )

    def _recognize(self, glance: Glance) -> Recognition | None:
        recognition = recognize(self.kind.sheet_types, glance, self.file_name)
        answer = self.answers.get(glance.sheet)
        if answer is None and not _is_named_otherwise(recognition):
            answer = self.answers.get(ALL_SHEETS)
        for sheet_type in self.kind.sheet_types:
            if sheet_type.key == answer:
                return Recognition(sheet_type, Evidence.ANSWER)
        return recognition

    def _record(self, sheet: str, recognition: Recognition | None) -> None:
        self.recognized.append(
            {
                "sheet": sheet,
                "type": recognition.sheet_type.key if recognition else "",
                "evidence": recognition.evidence.value if recognition else "",
            }
        )

    def _missing(self, glance: Glance) -> str:
        """Return the required and identifying columns that the sheet lacks."""
        identifying = (
            column.words[0]
            for column in self.kind.columns
            if column.field in self.kind.identifying
            and column.field not in glance.fields
        )
        return _join(dict.fromkeys([*self._required(glance), *identifying]))

    def _required(self, glance: Glance) -> list[str]:
        """Return the required columns that the sheet lacks, by usual headings."""
        if glance.is_complete:
            return []
        return [
            column.words[0]
            for column in self.kind.columns
            if column.required and column.field not in glance.fields
        ]


def digest_layout(headings: Iterable[str]) -> str:
    """Return a digest by which a sheet with the same headings is known again.

    Figures in them count for nothing: those of a month or a year change.
    """
    words = (FIGURES.sub("#", fold(heading)) for heading in headings)
    return blind_index("\0".join(words), purpose="sheet layout")[:16]


def _is_named_otherwise(recognition: Recognition | None) -> bool:
    """Whether the sheet's own name says more than an answer for all sheets."""
    return (
        recognition is not None
        and recognition.sheet_type.outranks_title
        and recognition.evidence is Evidence.SHEET_NAME
    )


def _join(words: Iterable[str]) -> str:
    return "、".join(words)
