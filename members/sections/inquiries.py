"""An inquiry at a former unit, as the page of its case shows it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.web.components import DetailRow, Link
from members import permissions
from members.enums import InquiryAnswer
from members.models import Member, UnitInquiry


def describe_inquiry(case: models.Model, user: Actor) -> Mapping[str, Any]:
    """Return who is asked about whom, and what the unit answered."""
    rows = UnitInquiry.objects.visible_to(user).filter(case=case.pk)
    row = rows.select_related("member", "case").first()
    if row is None:
        return {"rows": [], "links": []}
    seen = Member.objects.visible_to(user).filter(pk=row.member_id).exists()
    url = row.member.get_absolute_url() if seen else ""
    facts = [
        DetailRow(_("Member"), row.member.name, url),
        DetailRow(_("Former unit"), row.unit),
        DetailRow(_("Number of the inquiry"), row.number or "—"),
        DetailRow(_("Sent on"), row.sent_on),
        DetailRow(_("Answer due on"), row.case.due_on),
        DetailRow(_("Answer"), row.get_answer_display() or _("No answer yet")),
    ]
    if row.answered_on is not None:
        facts.append(DetailRow(_("Answered on"), row.answered_on))
        facts.append(DetailRow(_("Answered by"), row.said_by))
    return {
        "heading": _("Inquiry at a former unit"),
        "rows": facts,
        "links": list(_links(row, user)),
    }


def _links(row: UnitInquiry, user: Actor) -> Iterator[Link]:
    def link(label: Any, name: str, *, primary: bool = False) -> Link:
        return Link(label, reverse(f"members:{name}", args=[row.pk]), "", primary)

    if permissions.can_view_members(user):
        yield link(_("Print the inquiry"), "print_inquiry")
    if row.is_open and permissions.can_keep_inquiry(user, row):
        yield link(_("Record the answer"), "answer_inquiry", primary=True)
        yield link(_("Void …"), "void_inquiry")
    if row.answer == InquiryAnswer.NOT_MANAGED and permissions.can_admit(user):
        yield Link(_("Members whom nobody manages"), reverse("members:pocket"))
