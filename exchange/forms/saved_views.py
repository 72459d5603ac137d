"""Forms of what people keep of lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.web.forms import KeyedForm, VersionedForm, offer_rows
from exchange.models.saved_views import LONGEST_NAME
from exchange.querysets.saved_views import SHARERS
from organizations.models import Organization

NO_NUMBER = _(
    "This filter has a number of a person in it, which is kept nowhere but with the"
    " person. Nothing was saved: take the number out of the filter."
)


class _NameFields(forms.Form):
    """What a saved filter is called, and whether it is shared."""

    name = forms.CharField(label=_("Name of the saved filter"), max_length=LONGEST_NAME)
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Share with the offices of"),
        required=False,
        empty_label=_("Nobody: for me alone"),
        help_text=_(
            "Everybody with an office role there or below then finds it above the same"
            " list. They see what they may see, no more."
        ),
    )

    def offer_places(self, person: User) -> None:
        """Offer the streets of the person; leave the field out if there are none."""
        places = Organization.objects.in_scope_of(person, SHARERS).open()
        places = places.filter(parent__isnull=False).order_by("path")
        own = person.scope().paths(SHARERS)
        if not own:
            del self.fields["organization"]
            return
        offer_rows(self, "organization", places.filter(path__in=own))


class SaveViewForm(_NameFields, KeyedForm):
    """The name under which the filter of a list is kept."""

    list = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places(person)


class ChangeViewForm(_NameFields, VersionedForm):
    """Another name of a saved filter, and with whom it is shared."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places(person)
