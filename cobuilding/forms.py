"""What is filled in about projects, agreements and targets."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cobuilding.enums import ProjectTag
from cobuilding.models import Project, measurable
from core.forms import DayField, KeyedForm, StaleAwareForm, offer
from core.months import today
from organizations.models import Organization, Unit

ONE_DAY = dt.timedelta(days=1)


class TermForm(StaleAwareForm):
    """From a first day to a last one; deeds count up to the day after it."""

    starts_on = DayField(label=_("From"))
    last_day = DayField(label=_("Until (last day)"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        last_day = cleaned.get("last_day")
        if "last_day" not in self.errors:
            cleaned["ends_on"] = last_day + ONE_DAY if last_day else None
        return cleaned

    def deed_values(self) -> dict[str, Any]:
        values = super().deed_values()
        return {name: value for name, value in values.items() if name != "last_day"}


class ProjectForm(TermForm):
    """What a project is called, in which way it is done, with whom and when."""

    name = forms.CharField(label=_("Project name"), max_length=60)
    tag = forms.ChoiceField(label=_("Way of co-building"), choices=ProjectTag.choices)
    unit = forms.ModelChoiceField(
        label=_("Together with the unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("The community alone"),
    )
    last_day = DayField(label=_("Until (last day)"), required=False)
    field_order = ["organization", "name", "tag", "unit", "starts_on", "last_day"]

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)


class NewProjectForm(ProjectForm):
    """A project that is to be started, and by which community."""

    organization = forms.ModelChoiceField(
        label=_("Community"), queryset=Organization.objects.none()
    )
    starts_on = DayField(label=_("From"), initial=today)

    def __init__(
        self, *args: Any, communities: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organization", communities, preset=True)


class AgreementForm(TermForm):
    """What an agreement is called and how long it lasts."""

    title = forms.CharField(label=_("Title"), max_length=80)
    field_order = ["organization", "unit", "title", "starts_on", "last_day"]


class NewAgreementForm(AgreementForm):
    """An agreement that is to be drafted, and between whom."""

    organization = forms.ModelChoiceField(
        label=_("Community"), queryset=Organization.objects.none()
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())

    def __init__(
        self,
        *args: Any,
        communities: QuerySet[Organization],
        units: QuerySet[Unit],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organization", communities, preset=True)
        offer(self, "unit", units, preset=True)


class TargetForm(KeyedForm):
    """What is promised: the project, the figure, how much, by when, who answers."""

    project = forms.ModelChoiceField(
        label=_("Project"), queryset=Project.objects.none()
    )
    indicator = forms.ChoiceField(label=_("Measured by"), choices=measurable)
    goal = forms.DecimalField(label=_("Goal"), max_digits=12, decimal_places=2)
    baseline = forms.DecimalField(
        label=_("Where it stands at the beginning"),
        max_digits=12,
        decimal_places=2,
        initial=0,
        help_text=_("Only for figures taken at month end; otherwise leave it at 0."),
    )
    due_on = DayField(label=_("Due on"))
    owner_name = forms.CharField(label=_("Who answers for it"), max_length=40)

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "project", projects, preset=True)
