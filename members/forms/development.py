"""Forms of the way to membership, and of decisions on probations."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.db.fields import NumberTextFormField
from core.identity import identity_columns
from core.months import today
from core.web.forms import (
    KeyedForm,
    PersonChoiceField,
    ReasonForm,
    VersionedForm,
    offer_rows,
)
from core.web.required_marks import RequiredWhen
from members.enums import (
    EXTENSION_MONTHS,
    Category,
    DevelopmentStepKind,
    ProbationOutcome,
)
from members.fields import (
    KEEP_NUMBER,
    IdentityNumberField,
    PhoneField,
    day_field,
    education_levels,
    ethnic_groups,
)
from members.models import Member
from organizations.models import Organization

K = DevelopmentStepKind
PEOPLE = ("first_person", "second_person")
VOTES = ("voters", "in_favour")
FIELDS_OF: Mapping[DevelopmentStepKind, tuple[str, ...]] = {
    K.ACTIVIST: PEOPLE,
    K.TRAINED: ("hours",),
    K.PRE_APPROVED: ("number",),
    K.MEETING: (*PEOPLE, *VOTES),
    K.APPROVED: ("number",),
}
"""What is asked of a step besides its day and a note."""
ALL_VOTERS = _(
    "All full members of the branch with a vote, whether they came or not: more than"
    " half of them have to be in favour."
)


class ApplicantFields(KeyedForm):
    """The particulars of somebody on the way to membership."""

    organization = forms.ModelChoiceField(
        label=_("Branch"), queryset=Organization.objects.none()
    )
    name = forms.CharField(label=_("Name"), max_length=50)
    phone = PhoneField(label=_("Mobile phone"), required=False)
    ethnicity = forms.ChoiceField(
        label=_("Ethnic group"), choices=ethnic_groups, required=False
    )
    education = forms.ChoiceField(
        label=_("Education"), choices=education_levels, required=False
    )

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations, preset=True)


class DevelopmentForm(ApplicantFields):
    """A new applicant: birth date and sex follow from the identity number."""

    id_number = IdentityNumberField(label=_("Identity number"))
    applied_on = day_field(
        _("Applied on"), help_text=_("The day of the written application.")
    )

    field_order = ("name", "id_number", "phone", "organization", "applied_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applied_on"].initial = today()

    def action_values(self) -> dict[str, Any]:
        values = super().action_values()
        number = values.pop("id_number")
        phone = values.pop("phone") or None
        return {**values, "phone": phone, **identity_columns(number)}


class DevelopmentChangeForm(VersionedForm, ApplicantFields):
    """Corrections; an empty phone leaves the recorded one unchanged."""

    phone = PhoneField(
        label=_("New mobile phone"), required=False, help_text=KEEP_NUMBER
    )

    def action_values(self) -> dict[str, Any]:
        values = super().action_values()
        return values if values["phone"] else {**values, "phone": self.over.phone}  # type: ignore[union-attr] # the row it is over


class StepForm(KeyedForm):
    """One step: its day, what the rules ask of it, and a note."""

    happened_on = day_field(_("Day"))
    first_person = PersonChoiceField(queryset=Member.objects.none())
    second_person = PersonChoiceField(queryset=Member.objects.none())
    voters = forms.IntegerField(
        label=_("All full members with a vote"),
        min_value=1,
        max_value=1000,
        help_text=ALL_VOTERS,
    )
    in_favour = forms.IntegerField(
        label=_("Votes in favour"), min_value=1, max_value=1000
    )
    hours = forms.IntegerField(
        label=_("Hours of training"), min_value=1, max_value=1000
    )
    number = NumberTextFormField(label=_("Document number"), max_length=40)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        kind: DevelopmentStepKind,
        people: QuerySet[Member],
        cultivated_by: Iterable[Member] = (),
        voters: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        wanted = {"happened_on", "note", *FIELDS_OF.get(kind, ())}
        for name in (*PEOPLE, *VOTES, "hours", "number"):
            if name not in wanted:
                del self.fields[name]
        self.fields["happened_on"].initial = today()
        for name, label, person in zip(
            PEOPLE, _labels(kind), [*cultivated_by, None, None], strict=False
        ):
            if name in self.fields:
                self.fields[name].label = label
                offer_rows(self, name, people)
                self.fields[name].initial = person
        if "voters" in self.fields and voters:
            self.fields["voters"].initial = voters


def _labels(kind: DevelopmentStepKind) -> tuple[Any, Any]:
    if kind == K.MEETING:
        return _("First introducer"), _("Second introducer")
    return _("First person who cultivates"), _("Second person who cultivates")


class StopForm(ReasonForm):
    """Since when a development is stopped, and why."""

    on = day_field(_("Stopped on"))

    field_order = ("on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()


class AdmitDevelopedForm(KeyedForm):
    """What the development does not say of the new member."""

    category = forms.ChoiceField(
        label=_("Category"), choices=Category.choices, initial=Category.RESIDENT
    )


class ProbationForm(KeyedForm):
    """What the branch meeting decided about a probation, and the approval."""

    required_when: ClassVar[Mapping[str, RequiredWhen]] = {
        "months": RequiredWhen("outcome", [ProbationOutcome.EXTENDED])
    }

    outcome = forms.ChoiceField(
        label=_("Decision on the probation"),
        choices=ProbationOutcome.choices,
        widget=forms.RadioSelect,
        initial=ProbationOutcome.PASSED,
    )
    decided_on = day_field(_("Branch meeting decided on"))
    voters = forms.IntegerField(
        label=_("All full members with a vote"),
        min_value=1,
        max_value=1000,
        help_text=ALL_VOTERS,
    )
    in_favour = forms.IntegerField(
        label=_("Votes in favour"), min_value=1, max_value=1000
    )
    approved_on = day_field(_("Approved by the superior on"))
    number = NumberTextFormField(label=_("Number of the approval"), max_length=40)
    months = forms.IntegerField(
        label=_("Extended by (months)"),
        min_value=EXTENSION_MONTHS[0],
        max_value=EXTENSION_MONTHS[1],
        required=False,
    )
    full_on = day_field(
        _("Full member from"),
        required=False,
        help_text=_("Left empty, the day on which the probation ran out."),
    )

    def __init__(self, *args: Any, voters: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if voters:
            self.fields["voters"].initial = voters

    def clean(self) -> dict[str, Any]:
        """Ask for the months of an extension, and drop what another decision has."""
        cleaned: dict[str, Any] = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome != ProbationOutcome.EXTENDED:
            cleaned["months"] = None
        elif not cleaned.get("months") and "months" not in self.errors:
            self.add_error("months", _("Enter by how many months it is extended."))
        if outcome != ProbationOutcome.PASSED:
            cleaned["full_on"] = None
        return cleaned
