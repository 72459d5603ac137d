"""Find what was decided the last time that a sheet of this layout was entered.

Offices send the same layout every month or year. What somebody answered then is offered
as the choice beside each question: shown, changed by a click, and used only once the
form is sent. The answers of an import are the memory; no other copy is kept. They are
the office's, whoever gave them, and are offered for thirteen months, so that a yearly
list finds the one before.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from exchange.doubts import NotedDoubt
from exchange.enums import BatchState
from exchange.models import ImportBatch
from exchange.sheet_context import BY_GROUP, COLUMNS

REMEMBERED = dt.timedelta(days=400)
LOOKED_AT = 50  # of the office's imports of the kind, the latest first

DoubtWords = tuple[str, str, str]  # source, heading and words, whatever the sheet


@dataclass(slots=True)
class EarlierAnswers:
    """What was answered about the sheets of an import when their layout came before.

    `doubts` says of words that were looked at whether their rows were left out.
    """

    batches: list[ImportBatch] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    by_group: dict[str, str] = field(default_factory=dict)
    doubts: dict[DoubtWords, bool] = field(default_factory=dict)

    @property
    def latest(self) -> ImportBatch | None:
        """The last import in which a sheet of the layout was entered."""
        return self.batches[0] if self.batches else None

    def left_out(self, doubt: NotedDoubt) -> bool | None:
        """Whether rows with these words were left out; None if nobody was asked."""
        return self.doubts.get(_words_of(doubt))

    def add(self, batch: ImportBatch, sheets: Mapping[str, str]) -> None:
        """Add the answers of an earlier import; `sheets` are its own by today's name.

        Answers that are there already are of a later import and stay.
        """
        if batch not in self.batches:
            self.batches.append(batch)
        answers = batch.answers
        questions = {k: v for k, v in answers.items() if v and isinstance(v, str)}
        self.questions = questions | self.questions
        self.by_group = answers.get(BY_GROUP, {}) | self.by_group
        seen = {_words_of(d): d.left_out for d in batch.doubts if not d.open}
        self.doubts = seen | self.doubts
        chosen = answers.get(COLUMNS, {})
        answered = {r.sheet: r.sheet_type for r in batch.recognized if r.is_answer}
        for sheet, then in sheets.items():
            if then in answered:
                self.types[sheet] = answered[then]
            if then in chosen:
                self.columns[sheet] = chosen[then]


def find_earlier_answers(batch: ImportBatch) -> EarlierAnswers:
    """Return what the same office answered when a sheet of the same layout came."""
    layouts: dict[str, str] = dict(batch.notes.get("layouts", {}))
    earlier = EarlierAnswers()
    if not layouts:
        return earlier
    entered = ImportBatch.objects.filter(
        kind=batch.kind,
        organization=batch.organization_id,
        state=BatchState.COMMITTED,
        confirmed_at__gte=timezone.now() - REMEMBERED,
    ).select_related("confirmed_by")
    for other in entered.order_by("-confirmed_at", "-pk")[:LOOKED_AT]:
        known = _match_sheets(layouts, other)
        for sheet in known:
            del layouts[sheet]
        if known:
            earlier.add(other, known)
        if not layouts:
            break
    return earlier


def _match_sheets(layouts: Mapping[str, str], other: ImportBatch) -> dict[str, str]:
    """Return the sheets whose layout an earlier import has: its own name of each.

    Where several of its sheets have the layout, the one of the same name is meant.
    """
    known: dict[str, str] = {}
    theirs: Mapping[str, str] = other.notes.get("layouts", {})
    for sheet, layout in layouts.items():
        alike = [name for name, digest in theirs.items() if digest == layout]
        if alike:
            known[sheet] = sheet if sheet in alike else alike[0]
    return known


def _words_of(doubt: NotedDoubt) -> DoubtWords:
    return doubt.source, doubt.heading, doubt.text
