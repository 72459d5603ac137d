"""Forms of agreements and targets."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cobuilding.enums import WorkOf
from cobuilding.models import measurable
from communities.models import Project
from core.web.forms import DayField, KeyedForm, TermForm, offer_rows
from organizations.models import Organization, Unit

ONE_DAY = dt.timedelta(days=1)


class AgreementForm(TermForm):
    """Title and term of an agreement."""

    title = forms.CharField(label=_("Title"), max_length=80)
    field_order = ["organization", "unit", "title", "starts_on", "last_day"]


class NewAgreementForm(AgreementForm):
    """A new agreement, and its two sides."""

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
        offer_rows(self, "organization", communities, preset=True)
        offer_rows(self, "unit", units, preset=True)


class TargetForm(KeyedForm):
    """A target: project, figure, goal, due day, responsible person."""

    project = forms.ModelChoiceField(
        label=_("Project"), queryset=Project.objects.none()
    )
    indicator = forms.ChoiceField(label=_("Measured by"), choices=measurable)
    goal = forms.DecimalField(label=_("Goal"), max_digits=12, decimal_places=2)
    baseline = forms.DecimalField(
        label=_("Baseline"),
        max_digits=12,
        decimal_places=2,
        initial=0,
        help_text=_("Only for figures taken at month end; otherwise leave it at 0."),
    )
    work_of = forms.TypedChoiceField(
        label=_("Whose work counts"),
        choices=[
            ("", _("The unit's own people, where the figure counts people's work")),
            (WorkOf.ANYONE, WorkOf.ANYONE.label),
        ],
        required=False,
        empty_value=None,
        coerce=WorkOf,
        help_text=_(
            "The unit's own people are the members whose employer it is. Meetings,"
            " posts and money always count whole."
        ),
    )
    due_on = DayField(label=_("Due on"))
    owner_name = forms.CharField(label=_("Who answers for it"), max_length=40)

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "project", projects, preset=True)
