"""Forms of imports."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.db.tree import STEP
from core.months import today
from core.web.forms import DayField, KeyedForm, offer_rows
from exchange import permissions
from exchange.content_types import cannot_be_table
from exchange.doubts import DOUBTS, DoubtAnswers, NotedDoubt
from exchange.enums import ExportKind
from exchange.import_kinds import ImportKind, import_kinds
from exchange.models import ImportBatch
from exchange.sheet_context import TYPES
from organizations.models import Organization

MEGABYTE = 1024 * 1024
HEAD = 4096
SEEN = "doubts_seen"


class OrganizationField(forms.ModelChoiceField):
    """Organizations as a tree: each indented below its parent."""

    def label_from_instance(self, obj: Any) -> str:
        depth = len(obj.path) // STEP - 1
        return f"{'　' * depth}{obj.name}"


class UploadForm(KeyedForm):
    """The file, its kind and its organization, as far as the person may import."""

    kind = forms.ChoiceField(label=_("Kind of sheet"))
    organization = OrganizationField(
        label=_("Sheet of"),
        queryset=Organization.objects.none(),
        empty_label=None,
        help_text=_("Only rows of this organization and those below it are imported."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Upload it unchanged: .xlsx, .xls or .csv. Nothing is "
            "written before you confirm."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )

    def __init__(self, *args: Any, user: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        kinds = permissions.kinds_for(user)
        self.fields["kind"].choices = [(kind.key, kind.label) for kind in kinds]  # type: ignore[attr-defined] # a ChoiceField
        # A guess does no harm: the preview says what the sheet seems to be, and asks.
        self.fields["kind"].initial = kinds[0].key if kinds else None
        organizations = Organization.objects.none()
        for kind in kinds:
            organizations = organizations | permissions.organizations_for(user, kind)
        offer_rows(self, "organization", organizations.order_by("path"))

    def clean_file(self) -> Any:
        """Refuse files that are too large, or that cannot be tables by their bytes."""
        upload = self.cleaned_data["file"]
        if upload.size > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // MEGABYTE
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB. Nothing was read."),
                params={"limit": limit},
            )
        head = upload.read(HEAD)
        upload.seek(0)
        if cannot_be_table(head):
            raise forms.ValidationError(
                _(
                    "This is not a table file. Nothing was read: save the table as"
                    " .xlsx, .xls or .csv and upload that."
                )
            )
        return upload

    def clean(self) -> dict[str, Any]:
        """Check that the person's role for the kind includes the organization."""
        values = super().clean() or {}
        kind, organization = values.get("kind"), values.get("organization")
        if kind and organization:
            values["kind"] = chosen = self.kind_of(kind)
            if not permissions.can_import_for(self.user, chosen, organization):
                self.add_error(
                    "organization",
                    _("You may not import this kind of sheet for this organization."),
                )
        return values

    def kind_of(self, key: str) -> ImportKind:
        """Return the kind by its key."""
        return import_kinds.get(key)


class AnswerForm(KeyedForm):
    """The type of each sheet of an import, and answers to its open questions."""

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = {
            f"type_{number}": recognized
            for number, recognized in enumerate(batch.recognized)
        }
        kind = import_kinds.get(batch.kind)
        types = [("", _("— choose —")), *((t.key, t.label) for t in kind.sheet_types)]
        for name, recognized in self.sheets.items():
            self.fields[name] = forms.ChoiceField(
                label=_("Sheet “%(sheet)s” is") % {"sheet": recognized.sheet},
                choices=types,
                initial=recognized.sheet_type,
                required=False,
            )
        self.answered = batch.answers
        self.questions = [q.key for q in batch.asked_questions]
        for question in batch.asked_questions:
            self.fields[question.key] = forms.ChoiceField(
                label=question.label,
                choices=[("", _("— choose —")), *question.choices],
                initial=batch.answers.get(question.key, ""),
                required=False,
                help_text=_("Applies to the rows where the sheet does not say."),
            )
        self.plain_names = [*self.fields]
        self.doubts = {f"leave_out_{doubt.key}": doubt for doubt in batch.doubts}
        for name, doubt in self.doubts.items():
            self.fields[name] = forms.BooleanField(
                label=_("Do not enter the rows with: %(words)s")
                % {"words": doubt.words},
                initial=doubt.left_out,
                required=False,
                widget=forms.CheckboxInput(
                    attrs={"class": "form-check-input flex-shrink-0"}
                ),
            )
        if self.doubts:
            self.fields[SEEN] = forms.BooleanField(
                label=_(
                    "I have looked at each of them; rows without a tick are entered"
                ),
                initial=not batch.unseen_doubts,
                required=False,
                widget=forms.CheckboxInput(
                    attrs={"class": "form-check-input flex-shrink-0"}
                ),
            )

    def plain_fields(self) -> list[forms.BoundField]:
        """Return the fields of types and questions."""
        fields = (self[name] for name in self.plain_names)
        return [field for field in fields if not field.is_hidden]

    def doubt_groups(self) -> list[tuple[str, list[tuple[NotedDoubt, Any]]]]:
        """Return the doubts with their ticks, those of one column beside each other."""
        groups: dict[tuple[str, str], list[tuple[NotedDoubt, Any]]] = {}
        for name, doubt in self.doubts.items():
            groups.setdefault((doubt.sheet, str(doubt.where)), []).append(
                (doubt, self[name])
            )
        several = len({sheet for sheet, _where in groups}) > 1
        return [
            (f"{sheet} · {where}" if several else where, lines)
            for (sheet, where), lines in groups.items()
        ]

    def seen_field(self) -> forms.BoundField | None:
        """Return the tick that says that somebody has looked at the doubts."""
        return self[SEEN] if self.doubts else None

    def answers(self) -> dict[str, Any]:
        """Return the answers as the import stores them, without unchanged types."""
        types = {
            recognized.sheet: self.cleaned_data[name]
            for name, recognized in self.sheets.items()
            if self.cleaned_data[name]
            and (recognized.is_answer or name in self.changed_data)
        }
        return {
            TYPES: types,
            **{key: self.cleaned_data[key] for key in self.questions},
            **self._doubt_answers(),
        }

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


class ConfirmForm(KeyedForm):
    """The first day of the memberships that the sheet creates."""

    starts_on = DayField(
        label=_("Memberships begin on"),
        past=True,
        initial=today,
        help_text=_("By default the day of the import."),
    )

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not import_kinds.get(batch.kind).asks_start:
            del self.fields["starts_on"]


class ExportForm(KeyedForm):
    """A list by its address, and the kind of file it leaves as."""

    list = forms.CharField(max_length=2000, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of file"), choices=ExportKind.choices)
