"""Forms of the steps of a transfer."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import format_day, format_month
from core.db.fields import NumberTextFormField
from core.errors import DomainError
from core.months import today
from core.names import clean_person_name
from core.text import StrOrPromise
from core.web.forms import AskedOnce, KeyedForm, ReasonForm, offer_rows
from core.web.months import MonthField
from core.web.required_marks import RequiredWhen
from members.ends.day_questions import EndDayForm, MoveDayForm
from members.fields import IdentityNumberField, PhoneField, day_field
from members.forms.approval import STANDING_MISSING, NewMemberFields
from members.forms.records import ParticularsForm
from members.lost_contacts.marks import ask_about_search, mark_name
from members.models import Member, Transfer
from members.models.transfer_rules import MOST_VALID_DAYS
from organizations.models import Organization
from organizations.queries import code_choices

ONE_OF_BOTH = _(
    "Choose the street within the city, or write the committee outside it: one of both."
)


def causes_or_none() -> list[tuple[str, str]]:
    """Return the causes of transfers by their codes, with none first."""
    return code_choices("transfer_causes")


def cause_field() -> forms.ChoiceField:
    """Return the field for the cause of a transfer."""
    return forms.ChoiceField(label=_("Cause of the transfer"), choices=causes_or_none)


def dues_field() -> MonthField:
    """Return the field for the month up to which dues are paid."""
    return MonthField(label=_("Dues paid up to"), required=False)


def days_field(**kwargs: Any) -> forms.IntegerField:
    """Return the field for the days for which a letter is valid."""
    return forms.IntegerField(
        label=_("Valid for (days)"),
        min_value=1,
        max_value=MOST_VALID_DAYS,
        help_text=_("Never more than 90 days."),
        **kwargs,
    )


def branch_field() -> forms.ModelChoiceField:
    """Return the field for the branch to which somebody comes."""
    return forms.ModelChoiceField(
        label=_("Branch of arrival"), queryset=Organization.objects.none()
    )


class ProposalForm(AskedOnce):
    """Where a member goes: a street of the city, or a committee outside, in words.

    Asks once about somebody with whom contact is lost.
    """

    required_when: ClassVar[Mapping[str, RequiredWhen]] = {
        "to": RequiredWhen(blank="to_text"),
        "to_text": RequiredWhen(blank="to"),
    }

    to = forms.ModelChoiceField(
        label=_("Street within the city"),
        queryset=Organization.objects.none(),
        required=False,
    )
    to_text = forms.CharField(
        label=_("Or a committee outside the city"),
        max_length=120,
        required=False,
        help_text=_("As on the letter, for example the organization department."),
    )
    wish = forms.CharField(
        label=_("Community or branch there, if known"), max_length=80, required=False
    )
    cause = cause_field()
    dues_month = dues_field()

    def __init__(
        self,
        *args: Any,
        streets: QuerySet[Organization],
        member: Member,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        offer_rows(self, "to", streets)

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        if self._names_one_place():
            yield from ask_about_search(self.member)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not self._names_one_place():
            self.add_error("to", forms.ValidationError(ONE_OF_BOTH))
        return values

    def _names_one_place(self) -> bool:
        values = self.cleaned_data
        return bool(values.get("to")) != bool(values.get("to_text"))


class PeopleOfLetterField(forms.ModelMultipleChoiceField):
    """Others on the same letter; namesakes are told apart by origin and birth."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        name = mark_name(obj.name, obj.search_state)
        parts = [name, obj.from_name]
        if obj.member is not None:
            month = format_month(obj.member.birth_date)
            parts.append(gettext("born %(month)s") % {"month": month})
        return " · ".join(parts)


EXPIRED_LETTER = _(
    "A letter issued on %(issued)s for %(days)s days was valid until %(day)s: nobody"
    " can use it any more. Please correct the day or the number of days. If it was"
    " handed out then and is only recorded now, tick below and save again."
)


class IssueForm(AskedOnce):
    """The day of a letter, for how long it is valid, and who else stands on it.

    Asks once about a letter that would have expired already (R-15).
    """

    on = day_field(_("Letter issued on"), initial=today)
    valid_days = days_field()
    others = PeopleOfLetterField(
        label=_("Also on this letter"),
        queryset=Transfer.objects.none(),
        required=False,
        help_text=_("They go to the same place: one letter with a list is enough."),
    )

    def __init__(self, *args: Any, others: QuerySet[Transfer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others.exists():
            self.fields["others"].queryset = others  # type: ignore[attr-defined] # a field of rows
        else:
            del self.fields["others"]

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        issued, days = self.cleaned_data["on"], self.cleaned_data["valid_days"]
        until = issued + dt.timedelta(days=days)
        if until < today():
            values = {"issued": format_day(issued), "day": format_day(until)}
            yield EXPIRED_LETTER % {**values, "days": days}


class ReissueForm(ReasonForm):
    """Why a letter is issued anew, and for how long the new one is valid."""

    valid_days = days_field()

    field_order = ("reason", "valid_days")


class LetterForm(KeyedForm):
    """A letter from outside the city, as it was handed in."""

    person_name = forms.CharField(label=_("Name"), max_length=50)
    others = forms.CharField(
        label=_("Others on the same letter"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One name a line. Their numbers come with a roster: upload it, and"
            " everybody whom the letter names is transferred in."
        ),
    )
    former_unit = forms.CharField(
        label=_("Unit they worked for"),
        max_length=80,
        required=False,
        help_text=_("Of retired members: the enterprise or institution."),
    )
    from_text = forms.CharField(label=_("Issuing committee"), max_length=120)
    foreign_number = NumberTextFormField(label=_("Number of the letter"), max_length=40)
    issued_on = day_field(_("Letter issued on"))
    valid_days = days_field(initial=30)
    cause = cause_field()
    dues_month = dues_field()
    destination = forms.ModelChoiceField(
        label=_("Community that receives"), queryset=Organization.objects.none()
    )

    def __init__(
        self, *args: Any, communities: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "destination", communities, preset=True)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        others = values.pop("others", "").splitlines()
        names = [values.pop("person_name", ""), *others]
        values["names"] = [name.strip() for name in names if name.strip()]
        for name in filter(None, map(str.strip, others)):
            try:
                clean_person_name(name)
            except DomainError as refusal:
                self.add_error("others", str(refusal))
        return values


class HandOnForm(KeyedForm):
    """The community that is to deal with an arrival."""

    to = forms.ModelChoiceField(
        label=_("Community"), queryset=Organization.objects.none()
    )

    def __init__(
        self, *args: Any, communities: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "to", communities, preset=True)


class ArrivalForm(KeyedForm):
    """The branch to which somebody has come, and the day."""

    branch = branch_field()
    on = day_field(_("Day"), initial=today)

    def __init__(
        self, *args: Any, branches: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "branch", branches, preset=True)


class ReceiveForm(MoveDayForm, ArrivalForm):
    """The branch to which somebody belongs from the day on."""

    moves_to = "branch"


class ReceiptForm(EndDayForm):
    """The day on which the committee outside received the member."""

    on = day_field(_("Received there on"), initial=today)


class TransferredForm(NewMemberFields, ParticularsForm):
    """Somebody from outside the city: the branch, the day and the new record."""

    first_day = "on"
    may_return = True

    branch = branch_field()
    on = day_field(_("Day of receipt"), initial=today)
    id_number = IdentityNumberField(label=_("Identity number"))
    phone = PhoneField(label=_("Mobile phone"), required=False)

    field_order = (
        *("name", "id_number", "phone", "category", "branch", "on"),
        *("join_date", "full_member_date", "standing"),
    )

    def __init__(
        self, *args: Any, branches: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "branch", branches, preset=True)
        self.fields.pop("approved_on", None)
        # Nobody is newly admitted by a letter: the kind is always asked for.
        self.fields["standing"].required = True
        self.fields["standing"].error_messages["required"] = STANDING_MISSING
