"""Forms of projects."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.enums import ProjectTag
from core.months import today
from core.web.forms import DayField, TermForm, offer_rows
from organizations.models import Organization, Unit


class ProjectForm(TermForm):
    """Name, way of co-building, unit and term of a project."""

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
        offer_rows(self, "unit", units)


class NewProjectForm(ProjectForm):
    """A new project and the community that starts it."""

    organization = forms.ModelChoiceField(
        label=_("Community"), queryset=Organization.objects.none()
    )
    starts_on = DayField(label=_("From"), initial=today)

    def __init__(
        self, *args: Any, communities: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", communities, preset=True)
