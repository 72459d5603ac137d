"""Guarded remarks in words, for who keeps them and on the member's own page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.web.components import DetailRow, Link
from members.duplicates.merged import own_or_merged
from members.models import GuardedRemark
from members.permissions import keeps_remark, keeps_remarks_of_unit
from organizations.queries import labels_of_code_list

kind_in_words = labels_of_code_list("remark_kinds")


def describe_remark(
    row: GuardedRemark, user: Actor, *, named: bool = False
) -> dict[str, Any]:
    """Return what a remark says, and what the reader can do.

    A list of those that the reader keeps names the member, too.
    """
    links = _links_of(row, user, keeps=named or keeps_remark(user, row))
    return {"rows": [*_rows_of(row, named=named)], "links": [*links]}


def rows_of_place(row: GuardedRemark) -> list[DetailRow]:
    """Return the unit of the member whom a remark is about, and who keeps it."""
    unit = row.unit or (row.member.employer if row.member is not None else None)
    return [
        DetailRow(_("Unit"), unit or _("No unit on record")),
        DetailRow(_("Party organization"), row.organization),
    ]


def _rows_of(row: GuardedRemark, *, named: bool) -> Iterator[DetailRow]:
    if named and row.member is not None:
        yield DetailRow(_("About"), row.member.name, row.get_absolute_url())
    yield DetailRow(_("What happened"), kind_in_words(row.kind))
    yield DetailRow(_("Happened on"), row.happened_on)
    yield DetailRow(_("Asked to take part in"), row.matter)
    if row.details:
        yield DetailRow(_("Details"), row.details)
    if row.member_id is not None:
        yield DetailRow(_("Reply of the member"), row.reply or _("No reply yet"))
    if row.settled_on is not None:
        yield DetailRow(_("Took part after all on"), row.settled_on)
    yield DetailRow(_("No longer shown from"), row.expires_on)


def _links_of(row: GuardedRemark, user: Actor, *, keeps: bool) -> Iterator[Link]:
    def link(label: Any, name: str) -> Link:
        return Link(label, reverse(f"members:{name}", args=[row.pk]))

    if row.member is not None and row.member.is_record_of(user):
        label = _("Change my reply") if row.reply else _("Answer")
        yield link(label, "answer_remark")
    if keeps:
        if row.settled_on is None:
            yield link(_("They took part after all"), "settle_remark")
        yield link(_("Void …"), "void_remark")


def describe_own_remarks(member: models.Model, user: Actor) -> Mapping[str, Any]:
    """Return the remarks about a member, on the member's own page."""
    rows = (
        GuardedRemark.objects.visible_to(user)
        .select_related("member")
        .filter(own_or_merged([member.pk]))
    )
    return {"cards": [describe_remark(row, user) for row in rows]}


def link_to_unit_remarks(unit: Any, user: Actor) -> Mapping[str, Any]:
    """Return the ways from a unit to its refusals, for who keeps them."""
    keeps = unit.ended_on is None and keeps_remarks_of_unit(user, unit)
    return {"unit": unit, "keeps": keeps}
