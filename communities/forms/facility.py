"""Forms of facilities."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import WorksStage
from communities.models.facility import MOST_SQUARE_METRES
from core.months import today
from core.web.forms import DayField, ReasonForm, VersionedForm
from organizations.queries import code_items


class FacilityForm(VersionedForm):
    """What a facility is, where, how large, under which signs, and its real use."""

    kind = forms.ChoiceField(
        label=_("Kind of facility"), choices=lambda: code_items("facility_kinds")
    )
    name = forms.CharField(label=pgettext_lazy("facility", "Name"), max_length=60)
    location = forms.CharField(label=_("Where it is"), max_length=80, required=False)
    area = forms.IntegerField(
        label=_("Square metres"),
        min_value=1,
        max_value=MOST_SQUARE_METRES,
        required=False,
    )
    signs = forms.CharField(
        label=_("Signs on its door"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_(
            "One a line, where one room has several signs. It counts for each kind that"
            " a sign names."
        ),
    )
    real_use = forms.CharField(
        label=_("Used in fact for"),
        max_length=120,
        required=False,
    )
    used_otherwise = forms.BooleanField(
        label=_("Used for something else than its kind and signs say"),
        required=False,
        help_text=_("Then it does not count as a facility of its kind."),
    )
    open_hours = forms.CharField(label=_("Open hours"), max_length=60, required=False)
    shared_with = forms.CharField(label=_("Shared with"), max_length=80, required=False)
    lacks = forms.CharField(
        label=_("Lacking or broken"), max_length=120, required=False
    )
    works = forms.CharField(
        label=_("Building works"),
        max_length=120,
        required=False,
        help_text=_("What is built, repaired or bought, if anything."),
    )
    works_stage = forms.ChoiceField(
        label=_("Stage of the works"),
        choices=[("", "—"), *WorksStage.choices],
        required=False,
    )
    works_due_on = DayField(label=_("Works done by"), required=False)
    starts_on = DayField(
        label=_("In use since"),
        past=True,
        required=False,
        help_text=_(
            "Empty as long as it is planned or built for the first time. Works on what"
            " has opened leave it open."
        ),
    )


class GiveUpForm(ReasonForm):
    """From which day on a facility is not in use, and why."""

    on = DayField(label=_("Not in use any more from"), past=True, initial=today)
    field_order = ["on", "reason"]
