"""Todos of cases."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.enums import Waiting
from cases.models import Case
from core.actors import Actor
from core.registries.todos import Todo, TodoSource, todo_sources


def case_todos(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Cases that the person deals with, and those that they may take."""
    waiting = (
        (
            _("Cases that you deal with"),
            Waiting.MINE,
            Case.objects.open().owned_by(user),
        ),
        (
            _("Cases that nobody has taken yet"),
            Waiting.WITHOUT_OWNER,
            Case.objects.to_be_taken_by(user),
        ),
    )
    for label, how, rows in waiting:
        if count := rows.count():
            due = rows.order_by("due_on").values_list("due_on", flat=True).first()
            yield Todo(
                label, f"{reverse('cases:list')}?waiting={how.value}", count, due
            )


todo_sources.add(TodoSource("cases.waiting", case_todos))
