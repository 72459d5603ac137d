"""Todos of people who import sheets."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.registries.todos import Todo, TodoSource, todo_sources
from exchange.enums import BatchState
from exchange.models import ImportBatch


def previews_waiting(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """Previews of the person's uploads that would write something."""
    waiting = ImportBatch.objects.visible_to(user).waiting_for(user)
    if count := waiting.count():
        url = f"{reverse('exchange:list')}?state={BatchState.PLANNED.value}"
        yield Todo(_("Imports to confirm or discard"), url, count)


todo_sources.add(TodoSource("exchange.previews", previews_waiting))
