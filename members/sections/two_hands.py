"""Dual management (S0-27): which of a member's two places does what, and who may."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.actors import Actor, scope_of
from core.text import StrOrPromise
from members import permissions
from members.models import Member
from organizations.models import Organization
from organizations.roles import RECORD_KEEPERS


@dataclass(frozen=True, slots=True)
class Hand:
    """One of the two places: its part, which place it is, what it does, and rights."""

    title: StrOrPromise
    place: Organization | None
    none: StrOrPromise
    does: StrOrPromise
    may_write: bool


FORMAL = _(
    "The record, affiliation and transfers, dues, organization life, appraisal, honours"
)
CHECK_IN = _("Check-in and willingness, posts and service, pledges, opinions")


def describe_two_hands(member: Member, user: Actor) -> Mapping[str, Any]:
    """Return both places of a current member; nothing of one who is gone."""
    return {"hands": [] if member.ended_on else [*_hands(member, user)]}


def _hands(member: Member, user: Actor) -> Iterator[Hand]:
    yield Hand(
        _("Where the member belongs"),
        member.organization,
        _("Belongs to no organization on record here"),
        FORMAL,
        permissions.can_change(user, member),
    )
    yield Hand(
        pgettext_lazy("dual management", "Where the member is checked in"),
        member.community,
        _("Not checked in with a community"),
        CHECK_IN,
        _keeps(user, member.community),
    )


def _keeps(user: Actor, place: Organization | None) -> bool:
    path = place.path if place is not None else ""
    return bool(path) and scope_of(user).has_role_over(path, RECORD_KEEPERS)
