"""Filters above the two logs: about whom, by whom, when, and what was done."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from accounts.models import AccessEntry, AuditEntry
from core.actions import Action, changing_actions, disclosing_actions, keys_of
from core.db.querysets import any_of
from core.months import today
from core.names import name_contains

DAYS_SHOWN = 30
MAX_SUBJECTS = 500
"""So many subjects of one name are looked for; the rest would be no answer."""
MAX_NAME_LENGTH = 60
Choices = list[tuple[str, str]]


def _choices(declared: Iterable[Action]) -> Choices:
    """Return actions with their labels, in the order of the words."""
    return sorted(((one.key, str(one.label)) for one in declared), key=itemgetter(1))


def disclosures() -> Choices:
    """Return what stands in the log of accesses."""
    return _choices(disclosing_actions())


def changes() -> Choices:
    """Return what stands in the log of changes."""
    return _choices(changing_actions())


class DayFilter(DateFilter):
    """The first day of entries, or the last, picked from the browser's calendar.

    Compared as moments, for which there is an index.
    """

    def __init__(self, *, last: bool = False, **kwargs: Any) -> None:
        self.last = last
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)

    def filter(self, qs: Any, value: dt.date | None) -> Any:
        if value is None:
            return qs
        day = value + dt.timedelta(days=self.last)
        midnight = timezone.make_aware(dt.datetime.combine(day, dt.time()))
        return qs.filter(at__lt=midnight) if self.last else qs.filter(at__gte=midnight)


class LogFilter(FilterSet):
    """Entries about a person or record, by a person, between two days.

    The last thirty days are shown until other days are asked for.
    """

    about = CharFilter(
        label=_("About whom or what (the whole name)"),
        method="by_subject",
        max_length=MAX_NAME_LENGTH,
    )
    by = CharFilter(
        label=_("Who did it"), method="by_actor", max_length=MAX_NAME_LENGTH
    )
    since = DayFilter(label=_("From"))
    until = DayFilter(label=_("Until (last day)"), last=True)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        asked = {} if data is None else data.dict()
        first = today() - dt.timedelta(days=DAYS_SHOWN)
        super().__init__({"since": f"{first}", **asked}, *args, **kwargs)

    @property
    def asks_for_name(self) -> bool:
        """Whether the reader named the person whom the entries are about."""
        return bool(getattr(self.form, "cleaned_data", {}).get("about"))

    def by_subject(self, rows: Any, _name: str, name: str) -> Any:
        """Keep entries about those who bear the name, also under an earlier one."""
        return rows.filter(
            any_of(
                Q(subject_type=kind, subject_id__in=keys)
                for kind, keys in self._subjects(name).items()
            )
        )

    def _subjects(self, name: str) -> dict[str, set[str]]:
        """Return the keys of all that the logs know under a name, by kind."""
        subjects: dict[str, set[str]] = defaultdict(set)
        for log in (AccessEntry, AuditEntry):
            named = log.objects.visible_to(self.request.user).named(name).order_by()
            pairs = named.values_list("subject_type", "subject_id").distinct()
            for kind, key in pairs[:MAX_SUBJECTS]:
                subjects[kind].add(key)
        return subjects

    def by_action(self, rows: Any, _name: str, key: str) -> Any:
        """Keep entries of the chosen action, also those under its former name."""
        return rows.filter(action__in=keys_of(key))

    def by_actor(self, rows: Any, _name: str, name: str) -> Any:
        """Keep entries of people whose name, then or now, contains the text."""
        return rows.filter(name_contains(name, "actor_name", "actor__display_name"))


class AccessFilter(LogFilter):
    """The log of accesses: also by how the data was disclosed."""

    action = ChoiceFilter(
        label=_("Action taken"), choices=disclosures, method="by_action"
    )

    class Meta:
        model = AccessEntry
        fields: tuple[str, ...] = ()


class ChangeFilter(LogFilter):
    """The log of changes: also by the action."""

    action = ChoiceFilter(label=_("Action taken"), choices=changes, method="by_action")

    class Meta:
        model = AuditEntry
        fields: tuple[str, ...] = ()
