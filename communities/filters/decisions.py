"""Filters above the ledger of decisions."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from communities.decision_querysets import ResolutionQuerySet
from communities.models import Body, Resolution
from core.months import today
from core.web.name_filter import NameFilter
from organizations.models import Organization


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter decisions."""
    return Organization.objects.visible_to(request.user).open()


def visible_bodies(request: Any) -> QuerySet[Body]:
    """Return the bodies by which the reader may filter decisions."""
    return Body.objects.visible_to(request.user)


class ResolutionFilter(FilterSet):
    """Decisions by title, place, body, who carries them out, and state."""

    title = NameFilter(label=pgettext_lazy("ledger", "What was decided"))
    organization = ModelChoiceFilter(
        label=_("At or below"), queryset=visible_places, method="at_or_below"
    )
    body = ModelChoiceFilter(
        label=_("Decided or watched by"), queryset=visible_bodies, method="of_body"
    )
    carried_by = NameFilter(label=_("Carried out by"))
    state = ChoiceFilter(
        label=_("State"),
        choices=[
            ("open", _("being carried out")),
            ("overdue", _("overdue")),
            ("done", _("carried out")),
            ("rejected", _("found no majority")),
        ],
        method="in_state",
    )

    class Meta:
        model = Resolution
        fields: tuple[str, ...] = ()

    def at_or_below(
        self, rows: ResolutionQuerySet, _name: str, place: Organization
    ) -> ResolutionQuerySet:
        """Decided at the place or below it."""
        return rows.within(place)

    def of_body(
        self, rows: ResolutionQuerySet, _name: str, body: Body
    ) -> ResolutionQuerySet:
        """Decided or watched by the body."""
        return rows.decided_by_body(body) | rows.filter(watched_by=body)

    def in_state(
        self, rows: ResolutionQuerySet, _name: str, which: str
    ) -> ResolutionQuerySet:
        """Decisions that have come so far."""
        if which == "overdue":
            return rows.overdue(today())
        if which == "done":
            return rows.filter(done_on__isnull=False)
        return rows.rejected() if which == "rejected" else rows.open()
