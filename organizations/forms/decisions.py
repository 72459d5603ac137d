"""Forms of decisions about organizations: founded, renamed, moved, merged, split."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.db.fields import NumberTextFormField
from core.months import today
from core.names import MAX_LENGTH
from core.web.forms import DayField, KeyedForm, label_choice, offer_rows, sent_name
from core.web.read_first import token_of_texts
from organizations.actions import Basis
from organizations.enums import OrganizationKind
from organizations.first_secretary import first_secretaries
from organizations.models import Organization

MOST_NAMESAKES = 20
WHICH = _("Several members have this name. Nothing was saved: choose who is meant.")
UNKNOWN_NAME = _(
    "No Party member of this name is on record in your area. Nothing was saved: check"
    " the name, or leave it blank and fill the seat later."
)
NO_SECRETARY = _(
    "An organization of this kind has no secretary of its own. Nothing was saved: leave"
    " the name blank."
)


class DecisionForm(KeyedForm):
    """A decision about an organization: from when, on which document, approved by whom.

    It is previewed first: only the very values that were looked at are then carried
    out (`previewed`).
    """

    on = DayField(label=_("Takes effect on"), past=True, initial=today)
    basis = forms.CharField(label=_("Title of the document"), max_length=120)
    basis_number = NumberTextFormField(
        label=_("Number of the document"), max_length=60, required=False
    )
    approved_by = forms.CharField(label=_("Approved by the superior"), max_length=60)
    approved_on = DayField(label=_("Approved on"), past=True)
    previewed = forms.CharField(
        max_length=128, required=False, widget=forms.HiddenInput
    )

    def token(self) -> str:
        """Return what stands for the values that were typed."""
        values = sorted((name, _plain(value)) for name, value in self._typed().items())
        return hashlib.sha256(repr(values).encode()).hexdigest()

    def is_previewed(self) -> bool:
        """Whether these very values were looked at."""
        return bool(self.cleaned_data["previewed"].partition(" ")[0] == self.token())

    def token_of_preview(self, texts: Iterable[str]) -> str:
        """Return what stands for the values that were typed and what they would do."""
        return f"{self.token()} {token_of_texts(texts)}"

    def has_shown(self, texts: Iterable[str]) -> bool:
        """Whether the preview that was looked at said that it would do this."""
        digest = self.cleaned_data["previewed"].partition(" ")[2]
        return bool(digest == token_of_texts(texts))

    def action_values(self) -> dict[str, Any]:
        values = self._typed()
        names = ("basis", "basis_number", "approved_by", "approved_on")
        basis = Basis(**{name: values.pop(name) for name in names})
        return {**values, "basis": basis}

    def _typed(self) -> dict[str, Any]:
        values = super().action_values()
        return {name: value for name, value in values.items() if name != "previewed"}


def _plain(value: Any) -> Any:
    """Return a cleaned value as it can be compared: rows by their keys."""
    if isinstance(value, QuerySet):
        return sorted(value.values_list("pk", flat=True))
    return str(getattr(value, "pk", value))


class NamedDecisionForm(DecisionForm):
    """A decision that gives an organization its names, kind and second parent."""

    name = forms.CharField(label=_("Name of the organization"), max_length=60)
    full_name = forms.CharField(label=_("Full name (as on the seal)"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganizationKind)
    guidance_parent = forms.ModelChoiceField(
        label=_("Guided by"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_("By line or by place: it may look, and is never counted."),
    )
    field_order: Any = ("name", "full_name", "kind", "guidance_parent")

    def __init__(self, *args: Any, guides: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "guidance_parent", guides)
        choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined] # a choice


class FoundForm(NamedDecisionForm):
    """A new organization below another one, under a proposed code."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Proposed; leave it unless the superior has given another."),
    )
    secretary = forms.CharField(
        label=_("First secretary"),
        max_length=MAX_LENGTH,
        required=False,
        help_text=_(
            "The name of a member on record, approved together with the organization;"
            " their term begins on the day on which it takes effect. May be left blank."
        ),
    )
    which = forms.ChoiceField(
        label=_("Who is meant"), required=False, widget=forms.HiddenInput
    )
    field_order: Any = (
        *NamedDecisionForm.field_order,
        *("code", "secretary", "which"),
    )

    def __init__(self, *args: Any, candidates: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = sent_name(self, "secretary")
        rows = candidates.filter(name=name)[:MOST_NAMESAKES] if name else []
        self.namesakes = {str(row.pk): row for row in rows}
        if len(self.namesakes) > 1:
            which: Any = self.fields["which"]
            which.choices = [(k, label_choice(r)) for k, r in self.namesakes.items()]
            which.widget = forms.RadioSelect(choices=which.choices)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        name, kind = values.get("secretary"), values.get("kind", "")
        values["secretary"] = None
        if not name:
            return values
        if kind and not first_secretaries.get().leads(kind):
            self.add_error("secretary", NO_SECRETARY)
        elif not self.namesakes:
            self.add_error("secretary", UNKNOWN_NAME)
        elif len(self.namesakes) == 1:
            values["secretary"] = next(iter(self.namesakes.values()))
        elif values.get("which"):
            values["secretary"] = self.namesakes[values["which"]]
        else:
            self.add_error("which", WHICH)
        return values

    def _typed(self) -> dict[str, Any]:
        values = super()._typed()
        values.pop("which", None)
        return values


class RenameForm(NamedDecisionForm):
    """Another name, kind or second parent; a name alone needs no approval."""

    approved_by = forms.CharField(
        label=_("Approved by the superior"), max_length=60, required=False
    )
    approved_on = DayField(label=_("Approved on"), past=True, required=False)


class TargetForm(DecisionForm):
    """Below which organization another one is put, or into which it is dissolved."""

    target = forms.ModelChoiceField(
        label=_("Into which organization"), queryset=Organization.objects.none()
    )
    field_order: Any = ("target",)

    def __init__(
        self, *args: Any, targets: Any, label: Any = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "target", targets)
        if label:
            self.fields["target"].label = label


class SplitForm(NamedDecisionForm):
    """A new organization, and who of another one belongs to it."""

    chosen = forms.ModelMultipleChoiceField(
        label=_("Who belongs to the new organization"),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order: Any = (*NamedDecisionForm.field_order, "chosen")

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        field.queryset = rows  # type: ignore[attr-defined] # a choice of rows
        names = Counter(rows.values_list("member__name", flat=True))

        def label(row: Any) -> str:
            member = row.member
            return label_choice(member) if names[member.name] > 1 else member.name

        field.label_from_instance = label  # type: ignore[attr-defined] # of a choice
