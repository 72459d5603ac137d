"""To-dos: returns to be filed by communities, and to be decided on by streets."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.dates import format_month
from core.months import last_day
from core.registries.todos import Todo, TodoSource, todo_sources
from reports.enums import ReturnState
from reports.models import Feedback, MonthlyReturn, ReturnRound, SuperiorRequest
from reports.returns.changed_records import CHANGED, find_with_record_changes


def todos_to_file(user: Actor, day: dt.date) -> Iterator[Todo]:
    """Yield the open returns of the person's communities, of past months."""
    rows = MonthlyReturn.objects.managed_by(user).open()
    for row in rows.select_related("round", "organization").order_by("month", "pk"):
        if day < last_day(row.month):
            continue
        label = (
            _("Correct the returned monthly return of {month}, {name}")
            if row.state == ReturnState.RETURNED
            else _("File the monthly return of {month}, {name}")
        )
        yield Todo(
            format_lazy(
                label, month=format_month(row.month), name=row.organization.name
            ),
            row.get_absolute_url(),
            due_on=row.due_on,
        )


def todos_of_changed(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """Yield the person's submitted returns that differ from the records by now."""
    rows = MonthlyReturn.objects.managed_by(user).submitted()
    changed = rows.filter(pk__in=find_with_record_changes(rows))
    for row in changed.select_related("organization").order_by("month", "pk"):
        label = format_lazy(
            _("Take back and submit again, records have changed: {month}, {name}"),
            month=format_month(row.month),
            name=row.organization.name,
        )
        yield Todo(label, row.get_absolute_url())


def todos_of_changed_to_review(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """Yield how many returns to review differ from the records, and accepted ones."""
    rows = MonthlyReturn.objects.reviewed_by(user)
    changed = rows.filter(pk__in=find_with_record_changes(rows))
    for state, label in (
        (ReturnState.SUBMITTED, _("Submitted returns whose records have changed")),
        (ReturnState.ACCEPTED, _("Accepted returns whose records were corrected")),
    ):
        if count := changed.filter(state=state).count():
            query = f"?state={state.value}&records={CHANGED}"
            yield Todo(label, reverse("reports:returns") + query, count)


def todos_to_decide(user: Actor, day: dt.date) -> Iterator[Todo]:
    """Yield the person's returns to decide on, and the rounds with late returns."""
    rows, url = MonthlyReturn.objects.reviewed_by(user), reverse("reports:returns")
    if count := rows.submitted().count():
        submitted = f"{url}?state={ReturnState.SUBMITTED}"
        yield Todo(_("Decide on submitted monthly returns"), submitted, count)
    late = Counter(rows.late(day).values_list("round", flat=True))
    rounds = ReturnRound.objects.filter(pk__in=late)
    for row in rounds.select_related("organization").order_by("month", "pk"):
        label = format_lazy(
            _("Chase the late monthly returns of {month}, {name}"),
            month=format_month(row.month),
            name=row.organization.name,
        )
        yield Todo(label, row.get_absolute_url(), late[row.pk], due_on=row.due_on)


def todos_of_requests(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """Yield the tasks from above that are to be done, the first one's day with them."""
    rows = SuperiorRequest.objects.managed_by(user).open()
    if count := rows.count():
        due = rows.exclude(due_on=None).order_by("due_on")
        first = due.values_list("due_on", flat=True).first()
        url = f"{reverse('reports:requests')}?state=open"
        yield Todo(_("Tasks from above to be done"), url, count, first)


def todos_of_feedback(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """Yield the feedback that waits for an answer of the person."""
    rows = Feedback.objects.managed_by(user).open()
    if count := rows.count():
        url = reverse("reports:feedback")
        yield Todo(_("Answer feedback about the system"), f"{url}?state=open", count)


todo_sources.add(
    TodoSource("reports.file", todos_to_file),
    TodoSource("reports.decide", todos_to_decide),
    TodoSource("reports.requests", todos_of_requests),
    TodoSource("reports.feedback", todos_of_feedback),
    TodoSource("reports.changed", todos_of_changed),
    TodoSource("reports.changed_to_review", todos_of_changed_to_review),
)
