"""A member whom nobody managed, as the page of the case shows it."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.web.components import DetailRow, Link
from members import permissions
from members.models import Member, PocketMember


def describe_pocket(case: models.Model, user: Actor) -> Mapping[str, Any]:
    """Return why nobody managed the member of a case, and how the matter ends."""
    rows = PocketMember.objects.visible_to(user).filter(case=case.pk)
    row = rows.select_related("member").first()
    if row is None:
        return {"rows": [], "links": []}
    seen = Member.objects.visible_to(user).filter(pk=row.member_id).exists()
    url = row.member.get_absolute_url() if seen else ""
    facts = [
        DetailRow(_("Member"), row.member.name, url),
        DetailRow(_("Why nobody manages them"), row.get_why_display()),
        DetailRow(_("Found on"), row.found_on),
    ]
    if row.outcome:
        facts.append(DetailRow(_("What came of it"), row.get_outcome_display()))
    settles = row.is_open and permissions.can_settle_pocket(user, row)
    link = reverse("members:settle_pocket", args=[row.pk])
    return {
        "heading": _("Member whom nobody manages"),
        "rows": facts,
        "links": [Link(_("Say what came of it"), link, primary=True)]
        if settles
        else [],
    }
