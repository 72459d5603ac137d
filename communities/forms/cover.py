"""The form of how a unit is covered."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.months import today
from core.web.forms import DayField, KeyedForm, ReasonForm, offer_rows
from organizations.models import Organization
from organizations.queries import code_items


class CoverForm(KeyedForm):
    """Which Party organization covers a unit, in which way and from when on."""

    kind = forms.ChoiceField(
        label=_("Kind of cover"), choices=lambda: code_items("cover_kinds")
    )
    organization = forms.ModelChoiceField(
        label=_("Covered by"),
        queryset=Organization.objects.none(),
        help_text=_(
            "The branch, the joint branch, or the community itself. A joint branch of"
            " another community is entered by the street."
        ),
    )
    contact = forms.CharField(
        label=_("Instructor or contact person"),
        max_length=40,
        required=False,
        help_text=_("Needed where the community looks after the unit."),
    )
    starts_on = DayField(label=_("From"), past=True, initial=today)

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations)


class EndCoverForm(ReasonForm):
    """From which day on a unit is not covered any more, and why."""

    on = DayField(label=_("Not covered any more from"), past=True, initial=today)
    field_order = ["on", "reason"]
