"""Fields of the forms of members, on pages and in the admin alike."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.identity import clean_identity_number, clean_phone
from core.text import StrOrPromise
from core.web.forms import DayField
from members.enums import INSIDE, NOT_GAINED, OUTSIDE, SLOTS, StartReason
from organizations.models import CodeItem, Organization
from organizations.queries import code_choices, code_items

KEEP_NUMBER = _("Leave empty to keep the one on record.")


ENTERING = [(r.value, r.label) for r in StartReason if r not in NOT_GAINED]


def day_field(label: Any, **kwargs: Any) -> DayField:
    """Return a field for a day on which something happened to a member."""
    return DayField(label=label, past=True, **kwargs)


class IdentityNumberField(forms.CharField):
    """An identity number, verified by its check character."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return _clean_or_invalidate(clean_identity_number, text) if text else ""


class PhoneField(forms.CharField):
    """A mainland mobile number."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return _clean_or_invalidate(clean_phone, text) if text else ""


def _clean_or_invalidate(clean: Any, text: str) -> str:
    try:
        return str(clean(text))
    except DomainError as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


def ethnic_groups() -> list[tuple[str, str]]:
    """Return the ethnic groups; members' records have them by name."""
    labels = CodeItem.objects.listed("ethnic_groups").values_list("label", flat=True)
    return [("", "—"), *((label, label) for label in labels)]


def education_levels() -> list[tuple[str, str]]:
    """Return the levels of education by their codes."""
    return code_choices("education")


def transfer_causes() -> list[tuple[str, str]]:
    """Return the causes of transfers by their codes."""
    return code_items("transfer_causes")


def skill_choices() -> list[tuple[str, str]]:
    """Return the skills a member may choose, from the code list."""
    return code_items("skills")


def pledge_kinds() -> list[tuple[str, str]]:
    """Return the kinds of what members promise, by their codes."""
    return code_items("pledge_kinds")


def interest_choices() -> list[tuple[str, str]]:
    """Return the interests a member may choose, from the code list."""
    return code_items("interests")


def slot_choices() -> list[tuple[str, StrOrPromise]]:
    """Return the slots of a week in which a member may be free."""
    return list(SLOTS.items())


def free_time_choices() -> list[tuple[str, StrOrPromise]]:
    """Return by which free time members are found: in or outside work, or a slot."""
    return [
        (INSIDE, _("Within working hours (weekdays by day)")),
        (OUTSIDE, _("Outside working hours (evenings, weekends)")),
        *slot_choices(),
    ]


def slots_in_words(codes: Iterable[str]) -> str:
    """Return free slots in words, in the order of the week."""
    known = {*codes}
    return "、".join(str(label) for code, label in SLOTS.items() if code in known)


def new_member_organization_field() -> forms.ModelChoiceField:
    """Return the field for the organization of a new member."""
    return forms.ModelChoiceField(
        label=_("Party organization"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_("Left empty for in-service members who belong to their employer."),
    )


def new_member_community_field() -> forms.ModelChoiceField:
    """Return the field for the community that a new member checks in with."""
    return forms.ModelChoiceField(
        label=_("Checks in with"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_("Counts where no organization is chosen: in-service members."),
    )


def start_reason_field() -> forms.ChoiceField:
    """Return the field for the reason why an affiliation or a record begins."""
    return forms.ChoiceField(
        label=_("How the member came"), choices=ENTERING, initial=StartReason.RECORDED
    )
