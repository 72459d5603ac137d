"""Forms of what people keep of lists."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.web.forms import KeyedForm, VersionedForm, offer_rows
from exchange.models import SavedView
from exchange.models.saved_views import LONGEST_NAME
from exchange.querysets.saved_views import SHARERS
from organizations.models import Organization


class _NameFields(KeyedForm):
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

    def offer_places(self, person: User, now: Organization | None = None) -> None:
        """Offer the streets of the person; leave the field out if there are none.

        The one with which it is shared `now` stays offered to whoever left its street:
        it is shared until somebody says otherwise.
        """
        own = person.scope().paths(SHARERS)
        if not own and now is None:
            del self.fields["organization"]
            return
        places = Organization.objects.in_scope_of(person, SHARERS).open()
        places = places.filter(parent__isnull=False, path__in=own)
        offered = Q(pk__in=places.values("pk")) | Q(pk=now.pk if now else None)
        rows = Organization.objects.filter(offered).order_by("path")
        offer_rows(self, "organization", rows)


class SaveViewForm(_NameFields):
    """The name under which the filter of a list is kept."""

    list = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places(person)


class ChangeViewForm(_NameFields, VersionedForm):
    """Another name of a saved filter, and with whom it is shared."""

    over: SavedView

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places(person, self.over.organization)

    def action_values(self) -> dict[str, Any]:
        return {"organization": None, **super().action_values()}
