"""Forms of cases."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import CaseKind
from core.months import today
from core.web.forms import DayField, KeyedForm, PersonChoiceField, offer_rows
from organizations.models import Organization


class OpenForm(KeyedForm):
    """A new case: what it is about, where it belongs, and by when it is due."""

    kind = forms.ModelChoiceField(label=_("Kind"), queryset=CaseKind.objects.none())
    organization = forms.ModelChoiceField(
        label=_("Party organization"), queryset=Organization.objects.none()
    )
    title = forms.CharField(label=_("Matter"), max_length=80)
    due_on = DayField(
        label=_("Due on"),
        required=False,
        help_text=_("Left empty, the working days of its kind count from today."),
    )

    def __init__(
        self,
        *args: Any,
        kinds: QuerySet[CaseKind],
        organizations: QuerySet[Organization],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "kind", kinds, preset=True)
        offer_rows(self, "organization", organizations, preset=True)


class StepForm(KeyedForm):
    """What was done about a case, when, and what came of it."""

    name = forms.CharField(label=_("Step"), max_length=40)
    on = DayField(label=_("Done on"), past=True, initial=today)
    note = forms.CharField(
        label=_("What came of it"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, usual: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual:
            values = {"steps": "、".join(usual)}
            self.fields["name"].help_text = _("Usual steps: %(steps)s") % values


class SettlementForm(KeyedForm):
    """What came of a case."""

    answer = forms.CharField(
        label=_("What came of the case"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OwnerForm(KeyedForm):
    """Who deals with a case from now on."""

    owner = PersonChoiceField(label=_("Dealt with by"), queryset=User.objects.none())

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "owner", owners)
