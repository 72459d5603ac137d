"""The first secretary of a new organization: a body, a term and a seat held."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from communities.actions import begin_term, end_body, set_up_body, take_seat
from communities.enums import Filling
from communities.models import Body, BodyKind, SeatHolding
from core.actors import Actor
from members.models import Member
from organizations.enums import OrganizationKind
from organizations.errors import RecordedSince
from organizations.first_secretary import (
    Appointment,
    FirstSecretaries,
)
from organizations.models import Organization

K = OrganizationKind
KINDS = {
    K.COMMUNITY: "community_committee",
    **dict.fromkeys((K.BRANCH, K.JOINT_BRANCH, K.GENERAL_BRANCH), "branch_secretary"),
}
"""The body in which the first secretary of each kind of organization sits."""


def may_lead(user: Actor, place: Organization) -> QuerySet[Member]:
    """Return the members whom the reader may name below a place."""
    rows = Member.objects.visible_to(user).current()
    return rows.select_related("organization", "community")


def appoint(
    node: Organization, member: Any, day: dt.date, approval: Appointment
) -> dict[str, int]:
    """Seat the first secretary of a new organization, with a term from its first day.

    Returns the keys of the body and of the holding.
    """
    kind = BodyKind.objects.get(code=KINDS[K(node.kind)])
    basis, by = str(approval.basis), approval.by
    body = set_up_body(node, kind=kind, starts_on=day, basis=basis, by=by)
    begin_term(
        body,
        starts_on=day,
        begun_by=Filling.APPOINTMENT,
        basis=basis,
        basis_number=approval.basis_number,
        approved_by=approval.approved_by,
        approved_on=approval.approved_on,
        by=by,
    )
    seat = body.seats.get(kind__leads=True)
    way = Filling.APPOINTMENT
    held = take_seat(
        seat, member=member, channel=way, starts_on=day, basis=basis, by=by
    )
    return {"body": body.pk, "holding": held.pk}


def withdraw(office: Any, by: Actor | None, reason: str) -> None:
    """Void the body of a first secretary; refuse it where others sat in it since."""
    body = Body.objects.filter(pk=office["body"], ends_on=None).first()
    if body is None:
        return
    others = SeatHolding.objects.filter(seat__body=body).exclude(pk=office["holding"])
    if others.exists():
        left = "、".join(row.holder_name for row in others)
        raise RecordedSince(name=body.organization.name, left=left)
    end_body(body, by=by, reason=reason, on=body.starts_on)


def holder_of(office: Any) -> str:
    """Return the name of a first secretary, also after the entry was voided."""
    row = SeatHolding.all_objects.filter(pk=office["holding"]).first()
    return row.holder_name if row is not None else ""


SECRETARIES = FirstSecretaries(
    may_lead, appoint, withdraw, leads=KINDS.__contains__, holder=holder_of
)
