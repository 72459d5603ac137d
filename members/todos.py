"""Todos of members."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, scope_of
from core.registries.todos import Todo, TodoSource, todo_sources
from members.enums import Category
from members.models import Member


def check_in_todo(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Remind in-service members to check in with the community they live in."""
    own = Member.objects.filter(pk=scope_of(user).member_id or 0, community=None)
    if own.filter(category=Category.IN_SERVICE).exists():
        yield Todo(
            _("Check in with the community you live in"), reverse("members:check_in")
        )


todo_sources.add(TodoSource("members.check_in", check_in_todo))
