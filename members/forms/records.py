"""Forms of a member's record; recorded numbers are never prefilled."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.identity import birth_date_of
from core.months import today
from core.text import StrOrPromise
from core.web.forms import AskedOnce, ReasonForm, VersionedForm, offer_rows
from core.web.required_marks import RequiredWhen
from members.enums import GUESTS, PRECISION_OF, Willingness
from members.errors import NotInService, OrganizationRequired
from members.fields import (
    KEEP_NUMBER,
    IdentityNumberField,
    PhoneField,
    day_field,
    education_levels,
    ethnic_groups,
    interest_choices,
    new_member_community_field,
    new_member_organization_field,
    skill_choices,
    slot_choices,
    start_reason_field,
)
from members.forms.approval import NewMemberFields
from members.forms.partial_dates import PartialDatesForm
from members.models import Member
from members.unusual_dates import (
    COMPARED_FIELDS,
    MemberDates,
    find_unusual_dates,
    known_date,
)
from organizations.models import Organization, Unit

PARTICULARS = (
    *("ethnicity", "education", "join_date", "full_member_date"),
    *("standing", "category", "employer", "landline", "address", "basis", "remark"),
)
"""The columns of a member besides name, numbers and places, in the order of forms."""
QUESTION = _("Please check: %(doubt)s. If this is right, tick below and save again.")


class CodedFieldsForm(AskedOnce, PartialDatesForm):
    """A form over a member with the columns whose values come from code lists.

    Asks once about what a sheet would be flagged for.
    """

    number_field = "id_number"

    ethnicity = forms.ChoiceField(
        label=_("Ethnic group"), choices=ethnic_groups, required=False
    )
    education = forms.ChoiceField(
        label=_("Education"), choices=education_levels, required=False
    )

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        if (
            COMPARED_FIELDS & {*self.changed_data}
            or self.number_field in self.changed_data
        ):
            for one in find_unusual_dates(self._dates()):
                yield QUESTION % {"doubt": one.words}

    def _dates(self) -> MemberDates:
        values, member = self.cleaned_data, self.instance
        number = values.get(self.number_field)
        return MemberDates(
            birth_date_of(number) if number else member.birth_date,
            known_date("join_date", values),
            known_date("full_member_date", values),
            values.get("standing", ""),
            member.known_since() if member.pk else None,
        )


class ParticularsForm(CodedFieldsForm):
    """The particulars of a member, without numbers and organization."""

    employer = forms.ModelChoiceField(
        label=_("Employer"), queryset=Unit.objects.none(), required=False
    )

    class Meta:
        model = Member
        fields = ("name", *PARTICULARS)

    def __init__(self, *args: Any, employers: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "employer", employers)


class AdmissionForm(NewMemberFields, ParticularsForm):
    """A new member: birth date and sex follow from the identity number."""

    required_when: ClassVar[Mapping[str, RequiredWhen]] = {
        **NewMemberFields.required_when,
        "organization": RequiredWhen("category", GUESTS, unless=True),
        "community": RequiredWhen("category", GUESTS, blank="organization"),
    }

    id_number = IdentityNumberField(label=_("Identity number"))
    phone = PhoneField(label=_("Mobile phone"), required=False)
    organization = new_member_organization_field()
    community = new_member_community_field()
    starts_on = day_field(_("Belongs there or checks in since"), initial=today)
    reason = start_reason_field()

    field_order = (
        *("name", "id_number", "phone", "category"),
        *("organization", "community", "starts_on", "reason"),
        *("approved_on", "join_date", "full_member_date", "standing"),
    )

    def __init__(
        self,
        *args: Any,
        organizations: QuerySet[Organization],
        communities: QuerySet[Organization],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations)
        offer_rows(self, "community", communities, preset=True)

    def clean(self) -> dict[str, Any]:
        """Drop the community of a member who is not checked in with it.

        Whoever works elsewhere may belong to one place and be checked in with another
        one (S0-27). A member whom nobody would find is told at the field, with all
        other refusals.
        """
        self._refuse_without_organization()
        values = super().clean() or self.cleaned_data
        return values if _checks_in_elsewhere(values) else {**values, "community": None}

    def _refuse_without_organization(self) -> None:
        values = self.cleaned_data
        named = {"name": values.get("name", "")}
        if {"organization", "category"} & {*self.errors} or values.get("organization"):
            return
        if values.get("category") not in GUESTS:
            self.add_error("organization", str(NotInService(**named)))
        elif values.get("community") is None and "community" not in self.errors:
            self.add_error("community", str(OrganizationRequired(**named)))


def _checks_in_elsewhere(values: Mapping[str, Any]) -> bool:
    """Whether a member belongs to no organization, or to none of the community."""
    home, community = values.get("organization"), values.get("community")
    if home is None or community is None:
        return home is None
    is_there = home.path.startswith(community.path)
    return values.get("category") in GUESTS and not is_there


class ChangeForm(VersionedForm, ParticularsForm):
    """Corrections; empty number fields leave the recorded numbers unchanged."""

    id_number = IdentityNumberField(
        label=_("New identity number"),
        required=False,
        help_text=KEEP_NUMBER,
    )
    phone = PhoneField(
        label=_("New mobile phone"),
        required=False,
        help_text=KEEP_NUMBER,
    )

    def changed_values(self) -> dict[str, Any]:
        """Return the values of the columns that changed."""
        columns = {*self.Meta.fields, "id_number", "phone"}
        names = [name for name in self.changed_data if name in columns]
        names += [PRECISION_OF[name] for name in names if name in PRECISION_OF]
        return {name: self.cleaned_data[name] for name in names}


class UnmaskForm(ReasonForm):
    """The number to be read in full, and the reason."""

    NUMBERS = (("id_number", _("Identity number")), ("phone", _("Mobile phone")))
    number = forms.ChoiceField(label=_("Which number"), choices=NUMBERS)

    field_order = ("number", "reason")


class SkillsForm(VersionedForm):
    """A member's skills and interests, and when they are free."""

    skills = forms.MultipleChoiceField(
        label=_("What I can do"),
        choices=skill_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    willing = forms.ChoiceField(
        label=_("Willing to serve"),
        choices=Willingness.choices,
        required=False,
        help_text=_("You need not say. “Not now” is as good an answer."),
    )
    interests = forms.MultipleChoiceField(
        label=_("What I like"),
        choices=interest_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    free_hours = forms.MultipleChoiceField(
        label=_("When I am free"),
        choices=slot_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    available = forms.CharField(
        label=_("More about my free hours"),
        max_length=80,
        required=False,
        help_text=_("For example: not in the school holidays"),
    )
