"""Forms about who holds a seat."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.actions.endings import describe_voided, voided_by_leaving
from communities.enums import CHOSEN_REASONS, Eligibility, Filling, VacatingReason
from communities.models.body import Body
from communities.models.seat import NonMember, SeatHolding
from core.errors import DomainError
from core.months import today
from core.names import MAX_LENGTH, clean_person_name
from core.text import StrOrPromise
from core.web.forms import (
    AskedOnce,
    DayField,
    KeyedForm,
    VersionedForm,
    label_choice,
    offer_rows,
    sent_name,
)
from core.web.months import MonthField
from members.enums import Sex
from members.fields import education_levels
from members.models import Member
from organizations.models import Unit
from organizations.queries import code_choices

MEMBER, OTHER, NEW = "member", "other", "new"
MOST_NAMESAKES = 20
WHICH = _(
    "People of this name are on record. Choose below who is meant; nothing was saved"
    " yet."
)
UNKNOWN_NAME = _(
    "No Party member of this name is on record in your area. Nothing was saved: check"
    " the name, or record the member first."
)
NEEDED = _("Needed of somebody who is no Party member.")
VOIDED_WITH_IT = _(
    "Entries of this seat begin on that day or later and would be voided with it:"
    " %(entries)s. Nothing was saved yet. If the leaving is voided later, they hold"
    " again."
)
PERSON = ("sex", "birth_month", "education")


class HoldingFields(KeyedForm):
    """Since when and how somebody holds a seat."""

    starts_on = DayField(label=_("Holds it since"), past=True, initial=today)
    channel = forms.ChoiceField(label=_("Came by"), choices=Filling.choices)
    recruited_from = forms.ChoiceField(
        label=_("From which group"),
        choices=lambda: code_choices("recruited_from"),
        required=False,
    )
    is_full_time = forms.BooleanField(label=_("Full time"), required=False)
    is_long_term = forms.BooleanField(label=_("Here for years"), required=False)
    is_actual_lead = forms.BooleanField(
        label=_("Really leads the work"), required=False
    )
    works_since = DayField(
        label=_("In community work since"), past=True, required=False
    )
    basis = forms.CharField(
        label=_("Document behind it"), max_length=120, required=False
    )


class TakeSeatForm(HoldingFields):
    """Who takes a seat: by name, found among the members that the reader may see.

    A name that several people have asks once which of them is meant.
    """

    name = forms.CharField(label=_("Name"), max_length=MAX_LENGTH, required=False)
    which = forms.ChoiceField(
        label=_("Who is meant"), required=False, widget=forms.HiddenInput
    )
    unit = forms.ModelChoiceField(
        label=_("Delegate of the unit"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("A unit may hold the seat without naming anybody."),
    )
    sex = forms.ChoiceField(
        label=_("Sex"), choices=[("", "—"), *Sex.choices], required=False
    )
    birth_month = MonthField(label=_("Month of birth"), required=False)
    education = forms.ChoiceField(
        label=_("Education"), choices=education_levels, required=False
    )
    field_order = ["name", "which", "unit", "starts_on", "channel", "recruited_from"]

    def __init__(
        self,
        *args: Any,
        body: Body,
        members: QuerySet[Member],
        others: QuerySet[NonMember],
        units: QuerySet[Unit],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.body, self.members, self.others = body, members, others
        self.holder: dict[str, Any] = {}
        if body.kind.open_to == Eligibility.UNITS:
            offer_rows(self, "unit", units)
        else:
            del self.fields["unit"]
            self.fields["name"].required = True
        for name in PERSON:
            if body.kind.open_to == Eligibility.MEMBERS:
                del self.fields[name]
            else:
                self.fields[name].help_text = _(
                    "Only of somebody who is no Party member on record."
                )
        self._offer_namesakes(sent_name(self, "name"))

    def _offer_namesakes(self, name: str) -> None:
        """Offer the people of a name, and somebody else where the body is open."""
        self.namesakes: list[tuple[str, str]] = []
        if name:
            members = self.members.filter(name=name)[:MOST_NAMESAKES]
            self.namesakes += [(f"{MEMBER}-{m.pk}", label_choice(m)) for m in members]
        if self.body.kind.open_to == Eligibility.MEMBERS:
            self._show_namesakes()
            return
        if name:
            others = self.others.filter(name=name)[:MOST_NAMESAKES]
            self.namesakes += [
                (f"{OTHER}-{row.pk}", label_choice(row)) for row in others
            ]
        if self.namesakes:
            self.namesakes.append(
                (NEW, str(_("Somebody else, who is no Party member on record")))
            )
        self._show_namesakes()

    def _show_namesakes(self) -> None:
        field: Any = self.fields["which"]
        field.choices = [("", "—"), *self.namesakes]
        if len(self.namesakes) > 1:
            field.widget = forms.Select(choices=field.choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        name = self._clean_name(cleaned.get("name", ""))
        if self.errors:
            return cleaned
        if not name:
            self._clean_unit_alone(cleaned)
            return cleaned
        which = cleaned.get("which") or self._only_choice()
        if which is None:
            self.add_error("which" if self.namesakes else "name", self._question())
        elif which == NEW:
            self._clean_newcomer(name, cleaned)
        else:
            kind, _dash, key = which.partition("-")
            self._clean_chosen(kind, int(key))
        return cleaned

    def _clean_name(self, text: str) -> str:
        try:
            return clean_person_name(text) if text else ""
        except DomainError as refusal:
            self.add_error("name", str(refusal))
            return ""

    def _clean_unit_alone(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("unit") is None:
            self.add_error("name", _("Enter a name, or choose the unit."))

    def _only_choice(self) -> str | None:
        """Return who is meant where nobody has to be asked."""
        if self.body.kind.open_to == Eligibility.MEMBERS:
            return self.namesakes[0][0] if len(self.namesakes) == 1 else None
        return None if self.namesakes else NEW

    def _question(self) -> Any:
        return WHICH if self.namesakes else UNKNOWN_NAME

    def _clean_chosen(self, kind: str, key: int) -> None:
        """Find who was chosen, unless their membership ended a moment ago."""
        rows: QuerySet[Any] = self.members if kind == MEMBER else self.others
        column = "member" if kind == MEMBER else "non_member"
        row = rows.filter(pk=key).first()
        if row is None:
            self.add_error("name", UNKNOWN_NAME)
        self.holder = {column: row}

    def _clean_newcomer(self, name: str, cleaned: dict[str, Any]) -> None:
        for field in ("sex", "birth_month"):
            if not cleaned.get(field):
                self.add_error(field, NEEDED)
        person = {column: cleaned.get(column) or "" for column in PERSON}
        self.holder = {"person": {"name": name, **person}}

    def action_values(self) -> dict[str, Any]:
        values = super().action_values()
        left_out = {"name", "which", *PERSON}
        kept = {name: value for name, value in values.items() if name not in left_out}
        return {**kept, **self.holder}


class HoldingForm(HoldingFields, VersionedForm):
    """Corrects since when and how somebody holds a seat."""


class VacateForm(AskedOnce):
    """From when on, and why, somebody no longer holds a seat.

    A day on or before which something of theirs begins is asked about once.
    """

    on = DayField(label=_("No longer from"), past=True, initial=today)
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[(reason.value, reason.label) for reason in CHOSEN_REASONS],
    )

    def __init__(self, *args: Any, holding: SeatHolding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holding = holding

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        if lost := voided_by_leaving(self.holding, self.cleaned_data["on"]):
            yield VOIDED_WITH_IT % {"entries": describe_voided(lost)}

    def clean_reason(self) -> VacatingReason:
        """Return the reason as the action takes it."""
        return VacatingReason(self.cleaned_data["reason"])
