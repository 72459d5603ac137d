"""Who looked at a member's record, as the member reads it in the log of accesses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils import timezone

from accounts.models import AccessEntry, RoleAssignment
from accounts.querysets import AccessEntryQuerySet
from core.actors import Actor
from members.models import Member
from organizations.roles import Role


def looks_at_own_record(user: Actor, member: Member) -> AccessEntryQuerySet:
    """Return the looks of others at a member's record; none if it is another's.

    Those at a record that was merged into it are looks at the member, too.
    """
    looks: AccessEntryQuerySet = AccessEntry.objects.all()
    if not member.is_record_of(user):
        return looks.none()
    keys = [member.pk, *member.merged_records.values_list("pk", flat=True)]
    return looks.about_any(Member, keys).exclude(actor_id=user.pk)


def offices_of_lookers(keys: Iterable[int]) -> Mapping[int, str]:
    """Return by entry which office roles whoever looked held on that day, and where."""
    entries = AccessEntry.objects.filter(pk__in=list(keys)).only("at", "actor")
    days = {row.pk: (row.actor_id, timezone.localdate(row.at)) for row in entries}
    held = RoleAssignment.objects.exclude(role=Role.MEMBER).filter(
        user__in={actor for actor, _day in days.values() if actor}
    )
    rows: dict[int, list[RoleAssignment]] = defaultdict(list)
    for row in held.select_related("organization", "unit").order_by("starts_on", "pk"):
        rows[row.user_id].append(row)
    return {
        key: "、".join(
            _name_office(row)
            for row in rows[actor or 0]
            if row.starts_on <= day and (row.ends_on is None or day < row.ends_on)
        )
        for key, (actor, day) in days.items()
    }


def _name_office(row: RoleAssignment) -> str:
    """Return where a role is held, and the role: an office as it signs."""
    place = row.organization or row.unit
    return f"{place or ''}{row.get_role_display()}"
