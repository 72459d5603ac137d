"""The filter of the list of opinions."""

from typing import Any

import django_filters
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from cases.models import CaseKind
from core.months import today
from members.enums import OpinionState
from members.models import OpinionRequest

OPEN = "open"
STATES = [(OPEN, _("Not answered yet")), *OpinionState.choices]


class Side(TextChoices):
    """On which side of the question the reader stands."""

    ANSWERS = "answers", _("Asked of us")
    ASKS = "asks", _("Asked by us")


def opinion_kinds(_request: Any) -> QuerySet[CaseKind]:
    """Return the kinds by which opinions are asked for."""
    return CaseKind.objects.asking_opinions()


class OpinionFilter(django_filters.FilterSet):
    """Filter opinions by name, kind, side and state."""

    q = django_filters.CharFilter(label=_("Person or who asks"), method="by_name")
    kind = django_filters.ModelChoiceFilter(
        label=_("Kind of question"), queryset=opinion_kinds, field_name="case__kind"
    )
    side = django_filters.ChoiceFilter(
        label=_("Who answers"), choices=Side.choices, method="by_side"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="by_state"
    )

    class Meta:
        model = OpinionRequest
        fields = ("q", "kind", "side", "state")

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep those about, or asked by, whose name contains the text."""
        return rows.about(text.strip()[:50])

    def by_side(self, rows: Any, _name: str, side: str) -> Any:
        """Keep those that the reader's place answers, or that their side asked."""
        user = self.request.user
        if side == Side.ANSWERS:
            return rows.answered_by_place_of(user)
        return rows.asked_by_side_of(user)

    def by_state(self, rows: Any, _name: str, state: str) -> Any:
        """Keep those in a state today."""
        return rows.open() if state == OPEN else rows.in_state(state, today())
