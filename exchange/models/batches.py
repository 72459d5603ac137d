"""Uploaded sheets, and the outcome of their rows."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.constraints import both_or_neither, plausible_dates
from core.text import StrOrPromise
from exchange.doubts import NotedDoubt
from exchange.enums import (
    ANSWERABLE,
    DONE_WORDS,
    SETTLED_UNENTERED,
    UNFINISHED,
    WAITING,
    BatchState,
    Verdict,
)
from exchange.import_kinds import Question, import_kinds
from exchange.models.files import Attachment
from exchange.models.jobs import Job
from exchange.models.recognized_sheet import RecognizedSheet
from exchange.querysets import ImportBatchQuerySet, ImportRowQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization


class ImportBatch(models.Model):
    """One uploaded sheet: read and planned, shown, confirmed, entered or refused.

    `plan_digest` covers everything that the preview showed: at confirmation the sheet
    is planned again, and only exactly the same outcome is entered. `notes` has what
    else the preview shows: recognized types, unknown columns, sheets left out.
    `answers` has the answers of the person who uploaded it to questions that the sheet
    leaves open.
    """

    kind = models.CharField(_("kind of sheet"), max_length=40)
    file = models.ForeignKey(
        Attachment,
        models.PROTECT,
        related_name="batches",
        verbose_name=_("file"),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="import_batches",
        verbose_name=_("sheet of"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=BatchState, default=BatchState.UPLOADED
    )
    starts_on = models.DateField(_("membership begins on"), null=True, blank=True)
    job = models.ForeignKey(
        Job,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("job"),
    )
    plan_digest = models.CharField(max_length=64, blank=True, editable=False)
    counts = models.JSONField(_("rows"), default=dict, blank=True)
    notes = models.JSONField(_("notes"), default=dict, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    message = models.CharField(_("message"), max_length=600, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    triggers = inside_life("importbatch", "starts_on")
    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            plausible_dates("starts_on", name="importbatch_plausible_dates"),
            both_or_neither(
                "confirmed_at",
                "confirmed_by",
                name="importbatch_confirmed_by_somebody",
                message=_("A confirmed import says who confirmed it and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[BatchState.CONFIRMED, BatchState.COMMITTED])
                | Q(confirmed_at__isnull=False),
                name="importbatch_entered_only_when_confirmed",
                violation_error_message=_("Nothing is entered before it is confirmed."),
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.REFUSED) | ~Q(message=""),
                name="importbatch_refused_says_why",
                violation_error_message=_("A refused file says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        """The page of the preview and its result."""
        return reverse("exchange:batch", args=[self.pk])

    @property
    def kind_label(self) -> str:
        """The label of its kind of sheet."""
        return str(import_kinds.get(self.kind).label)

    @property
    def flag_words(self) -> Mapping[str, StrOrPromise]:
        """The labels of the flags of its rows."""
        return import_kinds.get(self.kind).flags

    @property
    def sheets(self) -> list[str]:
        """The file's sheets, as far as they could be read."""
        return list(self.notes.get("sheets", ()))

    @property
    def tallies(self) -> list[tuple[str, StrOrPromise, int]]:
        """How many rows there are of each outcome, the most important first."""
        words = self.verdict_words
        return [(v, words[v], self.counts.get(v, 0)) for v in Verdict.values]

    @property
    def verdict_words(self) -> Mapping[str, StrOrPromise]:
        """The labels of the outcomes of rows, before or after entering them."""
        words = dict(Verdict.choices)
        return words | DONE_WORDS if self.state == BatchState.COMMITTED else words

    @property
    def recognized(self) -> list[RecognizedSheet]:
        """The recognized type of each of its sheets."""
        kind = import_kinds.get(self.kind)
        types = {sheet_type.key: sheet_type for sheet_type in kind.sheet_types}
        return [
            RecognizedSheet(
                note["sheet"],
                note["type"],
                found.label if found else _("unknown"),
                note["evidence"],
                reverse(found.url_name) if found and found.url_name else "",
            )
            for note in self.notes.get("recognized", ())
            for found in [types.get(note["type"])]
        ]

    @property
    def open_questions(self) -> list[Question]:
        """The questions that neither the sheet nor the person has answered."""
        keys = self.notes.get("questions", ())
        return [q for q in import_kinds.get(self.kind).questions if q.key in keys]

    @property
    def asked_questions(self) -> list[Question]:
        """The questions that the sheet leaves open, answered or not."""
        keys = {
            *self.notes.get("questions", ()),
            *self.notes.get("groups", {}),
            *filter(self.answers.get, self.answers),
        }
        return [q for q in import_kinds.get(self.kind).questions if q.key in keys]

    @property
    def doubts(self) -> list[NotedDoubt]:
        """What the sheet says that no rule understands."""
        return [NotedDoubt(**note) for note in self.notes.get("doubts", ())]

    @property
    def unseen_doubts(self) -> list[NotedDoubt]:
        """Those doubts that nobody has looked at."""
        return [doubt for doubt in self.doubts if doubt.open]

    @property
    def waits_for_answers(self) -> bool:
        """Whether a question or a doubt keeps it from being confirmed."""
        return bool(self.open_questions or self.unseen_doubts)

    @property
    def rivals(self) -> list[dict[str, Any]]:
        """The columns under one heading of which somebody has to choose."""
        return list(self.notes.get("rivals", ()))

    @property
    def can_be_answered(self) -> bool:
        """Whether somebody may still correct the sheet's type, to read it again."""
        asked = self.notes.get("recognized") or self.rivals
        return self.state in ANSWERABLE and bool(asked)

    @property
    def is_at_work(self) -> bool:
        """Whether a worker still works on it."""
        return self.job is not None and self.job.state in UNFINISHED

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return int(self.counts.get(Verdict.REFUSE, 0))

    @property
    def unchanged(self) -> int:
        """How many rows are recorded already as they stand in the sheet."""
        return int(self.counts.get(Verdict.UNCHANGED, 0))

    @property
    def state_label(self) -> StrOrPromise:
        """The label of its state, which says if nothing was taken from the sheet."""
        if self.state == BatchState.NOTHING and self.refused:
            return _("Read, nothing can be entered")
        return self.get_state_display()

    @property
    def can_be_confirmed(self) -> bool:
        """Whether it waits for confirmation, or its confirmed job was abandoned."""
        is_abandoned = self.state == BatchState.CONFIRMED and not self.is_at_work
        return self.state == BatchState.PLANNED or is_abandoned

    @property
    def can_be_discarded(self) -> bool:
        """Whether nothing was entered from it, and it is neither confirmed nor gone."""
        return self.state in (*WAITING, *SETTLED_UNENTERED)

    @property
    def would_write(self) -> int:
        """How many rows would be entered or changed."""
        return sum(
            self.counts.get(verdict, 0) for verdict in (Verdict.CREATE, Verdict.UPDATE)
        )


class ImportRow(models.Model):
    """One row of an uploaded sheet and its outcome; everything here is masked."""

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="rows", verbose_name=_("import")
    )
    position = models.PositiveIntegerField(_("position"))
    sheet = models.CharField(_("sheet"), max_length=120, blank=True)
    excel_row = models.PositiveIntegerField(_("row"))
    verdict = models.CharField(_("outcome"), max_length=10, choices=Verdict)
    label = models.CharField(_("who or what"), max_length=120, blank=True)
    message = models.CharField(_("reason"), max_length=600, blank=True)
    flags = models.JSONField(_("remarks"), default=list, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "position"],
                name="importrow_position_once",
                violation_error_message=_("The import already has this row."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.excel_row}"
