"""Forms about members with whom contact was lost."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.fields import NumberTextFormField
from core.text import StrOrPromise
from core.web.forms import AskedOnce, KeyedForm
from core.web.required_marks import RequiredWhen
from members.enums import GROUNDS_ABROAD
from members.fields import day_field
from members.lost_contacts.contacts import last_organization_life
from members.models import Member

LATER_LIFE = _(
    "By the minutes, %(name)s last took part in organization life on %(day)s, later"
    " than what is typed here. That day will count. If it is wrong, correct the minutes"
    " first; if it is right, tick below and save again."
)


class ReportForm(AskedOnce):
    """Since when contact is lost: the later of both days counts (R-23).

    Asks once where the minutes prove a later organization life than what was typed:
    theirs will be recorded.
    """

    required_when: ClassVar[Mapping[str, RequiredWhen]] = {
        "last_life_on": RequiredWhen(blank="last_dues_on"),
        "last_dues_on": RequiredWhen(blank="last_life_on"),
    }

    last_life_on = day_field(_("Last organization life"), required=False)
    last_dues_on = day_field(
        _("Last dues paid on"),
        required=False,
        help_text=_("Contact counts as lost on the later of both days."),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        known = last_organization_life(self.member.pk)
        typed = self.cleaned_data.get("last_life_on")
        latest = typed or self.cleaned_data.get("last_dues_on")
        if known is not None and latest is not None and known > latest:
            values = {"name": self.member.name, "day": format_day(known)}
            yield LATER_LIFE % values

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(
            cleaned.get(name) for name in ("last_life_on", "last_dues_on")
        ):
            needed = _("Enter the last organization life, the last dues, or both.")
            self.add_error("last_life_on", needed)
        return cleaned


class AbroadForm(KeyedForm):
    """Why it is to be decided on a member abroad, and since when they are (R-25)."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[(one.value, one.label) for one in GROUNDS_ABROAD],
        widget=forms.RadioSelect,
    )
    since = day_field(_("Settled or left on"))


class DecisionForm(KeyedForm):
    """The day of a decision and the number under which it was made."""

    on = day_field(_("Decided on"))
    number = NumberTextFormField(label=_("Number of the decision"), max_length=40)


class ContactForm(KeyedForm):
    """When a member was in contact again, and how."""

    on = day_field(_("Contact again on"))
    note = forms.CharField(label=_("How"), max_length=200, required=False)


class LiftForm(ContactForm):
    """Contact with a suspended member, and the decision that lifts the suspension."""

    number = NumberTextFormField(
        label=_("Number of the decision that lifts the suspension"), max_length=40
    )
