"""The search for a lost member, as the page of its case and the member's show it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.months import today
from core.web.components import DetailRow, Link
from members import permissions
from members.enums import LostState, Standing
from members.models import LostContact, Member


def describe_search(case: models.Model, user: Actor) -> Mapping[str, Any]:
    """Return the details of a case's search, and what the reader can do about it."""
    rows = LostContact.objects.visible_to(user).filter(case=case.pk)
    row = rows.select_related("member").first()
    if row is None:
        return {"rows": [], "links": []}
    decides = row.is_open and permissions.can_decide_on(user, row)
    return {
        "heading": _("Abroad") if row.is_abroad else _("Lost contact"),
        "rows": list(_rows(row, user)),
        "links": list(_links(row)) if decides else [],
    }


def _rows(row: LostContact, user: Actor) -> Iterator[DetailRow]:
    seen = Member.objects.visible_to(user).filter(pk=row.member_id).exists()
    url = row.member.get_absolute_url() if seen else ""
    yield DetailRow(_("Member"), row.member.name, url)
    yield DetailRow(_("State"), row.get_state_display())
    if row.is_abroad:
        yield DetailRow(_("Ground"), row.get_ground_display())
        yield DetailRow(_("Abroad since"), row.lost_on)
    else:
        yield DetailRow(_("Last organization life"), row.last_life_on)
        yield DetailRow(_("Last dues paid on"), row.last_dues_on)
        yield DetailRow(_("Contact lost on"), row.lost_on)
    where_known = [
        (_("Can be decided from"), row.decide_from),
        (_("Suspended on"), row.suspended_on),
        (_("Number of the suspension"), row.suspension_number),
        (_("Can be removed from"), row.remove_from),
        (_("Contact again on"), row.contacted_on),
        (_("Decided on"), row.decided_on),
        (_("Number of the decision"), row.decision_number),
    ]
    for label, value in where_known:
        if value:
            yield DetailRow(label, value)


def _links(row: LostContact) -> Iterator[Link]:
    """What can be decided today, after recording that there is contact again."""
    contact = _("Back from abroad") if row.is_abroad else _("Record contact")
    steps = [(contact, "record_contact")]
    probationary = row.member.standing == Standing.PROBATIONARY
    undecided = row.state in (LostState.SEARCHING, LostState.ABROAD)
    if undecided and row.decide_from <= today():
        cancel = (_("Cancel the probationary membership"), "remove_lost")
        suspend = (_("Suspend the membership"), "suspend")
        steps.append(cancel if probationary else suspend)
    if row.remove_from is not None and row.remove_from <= today():
        steps.append((_("Remove the member"), "remove_lost"))
    steps.append((_("Void the search"), "void_lost"))
    for label, name in steps:
        url = reverse(f"members:{name}", args=[row.pk])
        yield Link(label, url, primary=name == "record_contact")
