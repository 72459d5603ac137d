"""The form in which people say what a sheet is and what it leaves open.

What the same office answered when a sheet of this layout came before is the choice that
stands there already; it counts once the form is sent.
"""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from core.web.forms import KeyedForm
from exchange.doubts import DOUBTS, DoubtAnswers, NotedDoubt
from exchange.import_kinds import Question, import_kinds
from exchange.imports.earlier_answers import EarlierAnswers
from exchange.models import ImportBatch
from exchange.sheet_context import BY_GROUP, COLUMNS, TYPES
from sheets.read import NO_COLUMN

SEEN = "doubts_seen"
CHOOSE = ("", _("— choose —"))


class DoubtLine(NamedTuple):
    """A doubt with its tick, and whether its rows were left out the last time."""

    doubt: NotedDoubt
    field: forms.BoundField
    last_time: StrOrPromise


class AnswerForm(KeyedForm):
    """The type of each sheet of an import, and answers to its open questions."""

    def __init__(
        self, *args: Any, batch: ImportBatch, earlier: EarlierAnswers, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answered: dict[str, Any] = batch.answers
        self.earlier, self.is_preset = earlier, False
        self._add_types(batch)
        self._add_columns(batch)
        self.questions = [q.key for q in batch.asked_questions]
        self.groups: dict[str, str] = {}
        for question in batch.asked_questions:
            self._add_question(question, batch)
        self.plain_names = [*self.fields]
        self._add_doubts(batch)

    def _add_types(self, batch: ImportBatch) -> None:
        self.sheets = {
            f"type_{number}": recognized
            for number, recognized in enumerate(batch.recognized)
        }
        kind = import_kinds.get(batch.kind)
        types = [CHOOSE, *((t.key, t.label) for t in kind.sheet_types)]
        earlier = {} if TYPES in self.answered else self.earlier.types
        for name, recognized in self.sheets.items():
            sheet = recognized.sheet
            self.is_preset |= sheet in earlier
            self.fields[name] = forms.ChoiceField(
                label=_("Sheet “%(sheet)s” is") % {"sheet": sheet},
                choices=types,
                initial=earlier.get(sheet, recognized.sheet_type),
                required=False,
            )

    def _add_columns(self, batch: ImportBatch) -> None:
        """Ask which of several columns under one heading is meant."""
        self.columns: dict[str, tuple[str, str]] = {}
        for number, rivals in enumerate(batch.rivals):
            sheet, field = rivals["sheet"], rivals["field"]
            self.columns[name := f"column_{number}"] = (sheet, field)
            self.is_preset |= field in self.earlier.columns.get(sheet, {})
            choices = [
                (letters, _present_column(letters, values))
                for letters, values in rivals["columns"].items()
            ]
            self.fields[name] = forms.ChoiceField(
                label=_("“%(heading)s” on sheet “%(sheet)s” is column")
                % {"heading": rivals["heading"], "sheet": sheet},
                choices=[CHOOSE, *choices, (NO_COLUMN, _("none of them"))],
                initial=self.earlier.columns.get(sheet, {}).get(field, ""),
                required=False,
            )

    def _add_question(self, question: Question, batch: ImportBatch) -> None:
        """Ask for all rows at once and, where they are of several groups, for each."""
        key, answered = question.key, self.answered
        self.is_preset |= key not in answered and key in self.earlier.questions
        choices = [CHOOSE, *question.choices]
        self.fields[key] = forms.ChoiceField(
            label=question.label,
            choices=choices,
            initial=answered.get(key, self.earlier.questions.get(key, "")),
            required=False,
            help_text=_("Applies to the rows where the sheet does not say."),
        )
        by_group = answered.get(BY_GROUP, self.earlier.by_group)
        for group in batch.notes.get("groups", {}).get(key, ()):
            self.groups[name := f"{key}_{group['key']}"] = group["key"]
            said = {"question": question.label, **group}
            self.fields[name] = forms.ChoiceField(
                label=_("%(question)s: %(label)s (%(rows)s rows)") % said,
                choices=[("", _("as for all rows")), *question.choices],
                initial=by_group.get(group["key"], ""),
                required=False,
            )

    def _add_doubts(self, batch: ImportBatch) -> None:
        self.doubts = {f"leave_out_{doubt.key}": doubt for doubt in batch.doubts}
        for name, doubt in self.doubts.items():
            before = self.earlier.left_out(doubt) if doubt.open else None
            self.is_preset |= before is not None
            self.fields[name] = _make_tick(
                _("Do not enter the rows with: %(words)s") % {"words": doubt.words},
                is_ticked=bool(doubt.left_out or before),
            )
        if self.doubts:
            self.fields[SEEN] = _make_tick(
                _("I have looked at each of them; rows without a tick are entered"),
                is_ticked=not batch.unseen_doubts,
            )

    @property
    def remembered_from(self) -> ImportBatch | None:
        """The earlier import whose answers are chosen here, if any are."""
        return self.earlier.latest if self.is_preset else None

    def plain_fields(self) -> list[forms.BoundField]:
        """Return the fields of types, columns and questions."""
        fields = (self[name] for name in self.plain_names)
        return [field for field in fields if not field.is_hidden]

    def doubt_groups(self) -> list[tuple[str, list[DoubtLine]]]:
        """Return the doubts with their ticks, those of one column beside each other."""
        groups: dict[tuple[str, str], list[DoubtLine]] = {}
        for name, doubt in self.doubts.items():
            line = DoubtLine(doubt, self[name], self._say_last_time(doubt))
            groups.setdefault((doubt.sheet, str(doubt.where)), []).append(line)
        several = len({sheet for sheet, _where in groups}) > 1
        return [
            (f"{sheet} · {where}" if several else where, lines)
            for (sheet, where), lines in groups.items()
        ]

    def _say_last_time(self, doubt: NotedDoubt) -> StrOrPromise:
        before = self.earlier.left_out(doubt) if doubt.open else None
        if before is None:
            return ""
        return _("left out last time") if before else _("entered last time")

    def seen_field(self) -> forms.BoundField | None:
        """Return the tick that says that somebody has looked at the doubts."""
        return self[SEEN] if self.doubts else None

    def answers(self) -> dict[str, Any]:
        """Return the answers as the import stores them, without unchanged types."""
        return {
            TYPES: {
                recognized.sheet: chosen
                for name, recognized in self.sheets.items()
                if (chosen := self.cleaned_data[name])
                and (recognized.is_answer or chosen != recognized.sheet_type)
            },
            **self._column_answers(),
            **{key: self.cleaned_data[key] for key in self.questions},
            **self._group_answers(),
            **self._doubt_answers(),
        }

    def _column_answers(self) -> dict[str, Any]:
        """Return the chosen columns by sheet and field; those chosen before stay."""
        if not self.columns:
            return {}
        chosen = {s: dict(fields) for s, fields in self._chosen_before().items()}
        for name, (sheet, field) in self.columns.items():
            chosen.setdefault(sheet, {})[field] = self.cleaned_data[name]
        return {COLUMNS: chosen}

    def _chosen_before(self) -> dict[str, dict[str, str]]:
        return dict(self.answered.get(COLUMNS, {}))

    def _group_answers(self) -> dict[str, Any]:
        """Return the answers by group; those of groups not asked about now stay."""
        if not self.groups:
            return {}
        said = {key: self.cleaned_data[name] for name, key in self.groups.items()}
        return {BY_GROUP: {**self.answered.get(BY_GROUP, {}), **said}}

    def _doubt_answers(self) -> dict[str, Any]:
        """Return what was ticked; what another reading of the sheet asked stays."""
        if not self.doubts:
            return {}
        before = DoubtAnswers.of(self.answered)
        keys = {doubt.key for doubt in self.doubts.values()}
        ticked = {d.key for name, d in self.doubts.items() if self.cleaned_data[name]}
        seen = keys if self.cleaned_data[SEEN] else ticked
        return {
            DOUBTS: {
                "seen": sorted((before.seen - keys) | seen),
                "left_out": sorted((before.left_out - keys) | ticked),
            }
        }


def _make_tick(label: StrOrPromise, *, is_ticked: bool) -> forms.BooleanField:
    return forms.BooleanField(
        label=label,
        initial=is_ticked,
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input flex-shrink-0"}),
    )


def _present_column(letters: str, values: list[str]) -> str:
    return f"{letters}：{'、'.join(values)}" if values else letters
