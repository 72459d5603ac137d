"""An opinion asked for: its rows on its page, on that of its case and of a record."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.actors import Actor
from core.web.components import DetailRow, Link, Section
from members import permissions
from members.models import Member, OpinionRequest


def describe_opinion(case: models.Model, user: Actor) -> Mapping[str, Any]:
    """Return who asks about whom, with the way to the page on which one answers."""
    rows = OpinionRequest.objects.visible_to(user).with_case().filter(case=case.pk)
    row = rows.first()
    if row is None:
        return {"rows": [], "links": []}
    label = _("Read and answer") if permissions.can_answer(user, row) else _("Read")
    return {
        "heading": _("Opinion asked for"),
        "rows": [*question_rows(row, user), *answer_rows(row)],
        "links": [Link(label, row.get_absolute_url(), primary=True)],
    }


def question_rows(row: OpinionRequest, user: Actor) -> Iterator[DetailRow]:
    """Yield who asks about whom, what, and by when."""
    yield DetailRow(_("About"), row.name, _page_of_member(row, user))
    if row.position:
        yield DetailRow(_("Post, present or intended"), row.position)
    if row.workplace:
        yield DetailRow(_("Unit of the person"), row.workplace)
    yield DetailRow(_("Kind of question"), row.case.kind.name)
    yield DetailRow(_("Who asks"), row.asker)
    yield DetailRow(_("Who is asked"), row.case.organization)
    if row.number:
        yield DetailRow(pgettext_lazy("opinion", "Number of the letter"), row.number)
    yield DetailRow(pgettext_lazy("opinion", "Question"), row.question)
    yield DetailRow(_("Asked on"), row.case.opened_on)
    yield DetailRow(_("Answer due on"), row.case.due_on)


def answer_rows(row: OpinionRequest) -> Iterator[DetailRow]:
    """Yield where the question stands and, once there is one, the answer."""
    yield DetailRow(_("State"), row.state.label)
    if row.withdrawn_on is not None:
        yield DetailRow(pgettext_lazy("opinion", "Withdrawn on"), row.withdrawn_on)
        yield DetailRow(_("Reason"), row.case.answer)
    if row.opinion:
        yield DetailRow(_("Opinion"), row.get_opinion_display())
        yield DetailRow(_("Reasons"), row.reasons)
        yield DetailRow(_("Answered on"), row.answered_on)
        yield DetailRow(_("Answered by"), row.answered_by)
        if row.reply_number:
            yield DetailRow(_("Number of the reply"), row.reply_number)


def fact_section(row: OpinionRequest) -> Section | None:
    """Return what was on record on the day of the answer, as it was copied then."""
    if not row.facts:
        return None
    rows = [DetailRow(label, words) for label, words in row.facts]
    return Section(_("On record on the day of the answer"), rows)


def _page_of_member(row: OpinionRequest, user: Actor) -> str:
    if row.member is None or not permissions.can_view_members(user):
        return ""
    seen = Member.objects.visible_to(user).filter(pk=row.member.pk).exists()
    return row.member.get_absolute_url() if seen else ""
