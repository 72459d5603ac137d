"""Filter of the list of records that may be one person's."""

from typing import Any

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from members.enums import PairState
from members.models import DuplicatePair, Member


class DuplicateFilter(django_filters.FilterSet):
    """Filter pairs of records by name and by what was decided."""

    q = django_filters.CharFilter(label=_("Name or pinyin"), method="by_name")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=PairState.choices, initial=PairState.OPEN
    )

    class Meta:
        model = DuplicatePair
        fields = ("q", "state")

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        given = QueryDict(mutable=True) if data is None else data.copy()
        given.setdefault("state", PairState.OPEN.value)
        super().__init__(given, *args, **kwargs)

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep pairs in which a name contains the text or sounds like it."""
        found = Member.all_objects.named(text.strip()[:50]).order_by().values("pk")
        return rows.filter(Q(first__in=found) | Q(second__in=found))
