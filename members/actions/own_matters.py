"""Refuse decisions in one's own matter."""

from core.actors import Actor
from members.errors import OwnMatter
from members.models import Member


def refuse_own_matter(member: Member | None, by: Actor | None) -> None:
    """Refuse somebody who decides about themselves, on this or a merged record."""
    if member is not None and member.is_record_of(by):
        raise OwnMatter(name=member.name)
