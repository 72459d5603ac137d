"""Todos of opinions: for the place that is asked, and for whoever asked."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.registries.todos import Todo
from members.enums import OpinionState
from members.models import OpinionRequest


def opinions_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Opinions to give, and those that the own side did not get in time (S0-25)."""
    rows, url = OpinionRequest.objects, reverse("members:opinions")
    waiting = rows.answered_by_place_of(user).open()
    silent = rows.asked_by_side_of(user).unanswered(day)
    for label, query, found in (
        (_("Opinions to give"), "side=answers&state=open", waiting),
        (
            _("Opinions that were not given in time: no answer is no agreement"),
            f"side=asks&state={OpinionState.UNANSWERED.value}",
            silent,
        ),
    ):
        if count := found.count():
            due = found.order_by("case__due_on").values_list("case__due_on", flat=True)
            yield Todo(label, f"{url}?{query}", count, due[0])
