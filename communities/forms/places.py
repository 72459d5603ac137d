"""The form that asks for a place."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.web.blank_choices import BlankChoicesMixin
from core.web.forms import offer_rows
from organizations.models import Organization


class PlaceForm(BlankChoicesMixin, forms.Form):
    """Which of the places that one keeps; the first one is preselected."""

    place = forms.ModelChoiceField(
        label=_("Organization"), queryset=Organization.objects.none()
    )

    def __init__(
        self, *args: Any, places: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "place", places)
        self.fields["place"].initial = places.first()
