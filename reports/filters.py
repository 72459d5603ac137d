"""Filters above lists of returns, tasks from above and feedback."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.months import last_day, today
from core.web.months import MonthField
from core.web.name_filter import NameFilter
from organizations.models import Organization
from organizations.queries import code_items
from reports.burden_querysets import FeedbackQuerySet, SuperiorRequestQuerySet
from reports.enums import ReturnState
from reports.models import Feedback, MonthlyReturn, SuperiorForm, SuperiorRequest
from reports.returns.changed_records import CHANGED, find_with_record_changes

OPEN, OVERDUE, DONE = "open", "overdue", "done"


class MonthFilter(django_filters.Filter):
    """Rows of one month."""

    field_class = MonthField


class ReturnFilter(django_filters.FilterSet):
    """Returns by month, state and community."""

    month = MonthFilter(label=_("Month"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=ReturnState.choices)
    records = django_filters.ChoiceFilter(
        label=_("Records since then"),
        choices=[(CHANGED, _("have changed"))],
        method="by_records",
    )
    community = NameFilter(label=_("Community"), field_name="organization__name")

    class Meta:
        model = MonthlyReturn
        fields: list[str] = []

    def by_records(self, rows: Any, _name: str, _value: str) -> Any:
        """Returns that differ from what the records say now."""
        return rows.filter(pk__in=find_with_record_changes(rows))


class SuperiorFormFilter(django_filters.FilterSet):
    """Superiors' forms by title."""

    title = NameFilter(label=_("Title of the form"), field_name="title")

    class Meta:
        model = SuperiorForm
        fields: list[str] = []


class ReceivedMonthFilter(django_filters.Filter):
    """Tasks that came in a month."""

    field_class = MonthField

    def filter(self, qs: Any, value: Any) -> Any:
        """Keep the tasks of the month."""
        return qs.received_in(value, last_day(value)) if value else qs


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the places by which the reader may filter."""
    return Organization.objects.visible_to(request.user).open()


class RequestFilter(django_filters.FilterSet):
    """Tasks by who asks, for what, where, when and how far they are."""

    title = NameFilter(label=_("Task"), field_name="title")
    source = django_filters.ChoiceFilter(
        label=_("Source of the task"), choices=lambda: code_items("request_sources")
    )
    kind = django_filters.ChoiceFilter(
        label=_("What is asked for"), choices=lambda: code_items("request_kinds")
    )
    month = ReceivedMonthFilter(label=_("Received in"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            (OPEN, _("to be done")),
            (OVERDUE, _("overdue")),
            (DONE, _("done")),
        ],
        method="in_state",
    )
    organization = django_filters.ModelChoiceFilter(
        label=_("Who has to do it"), queryset=visible_places, method="at_or_below"
    )

    class Meta:
        model = SuperiorRequest
        fields: list[str] = []

    def in_state(
        self, rows: SuperiorRequestQuerySet, _name: str, state: str
    ) -> SuperiorRequestQuerySet:
        """Tasks that are done, to be done, or overdue."""
        if state == DONE:
            return rows.exclude(done_on=None)
        return rows.overdue(today()) if state == OVERDUE else rows.open()

    def at_or_below(
        self, rows: SuperiorRequestQuerySet, _name: str, place: Organization
    ) -> SuperiorRequestQuerySet:
        """Tasks of the place and of everything below it."""
        return rows.within(place)


class FeedbackFilter(django_filters.FilterSet):
    """Feedback that waits for an answer, or has one."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(OPEN, _("to be answered")), (DONE, _("answered"))],
        method="in_state",
    )

    class Meta:
        model = Feedback
        fields: list[str] = []

    def in_state(
        self, rows: FeedbackQuerySet, _name: str, state: str
    ) -> FeedbackQuerySet:
        """Feedback that was answered or not."""
        return rows.open() if state == OPEN else rows.exclude(answered_at=None)
