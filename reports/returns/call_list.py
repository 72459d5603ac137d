"""Who is to be telephoned about the missing returns of a round."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import RoleAssignment, User
from members.models import Member
from members.permissions import can_unmask
from organizations.roles import COMMUNITY_KEEPERS
from reports.models import MonthlyReturn, ReturnCall, ReturnRound


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who files a community's return, with the telephone as lists show it.

    `member` is given where the reader may read the number in full, for a reason that is
    recorded; "" as `phone` where there is none, or where the reader may not see it.
    """

    name: str
    role: str
    phone: str = ""
    member: int | None = None


@dataclass(frozen=True, slots=True)
class MissingReturn:
    """A return that is not submitted, whom to call about it, and the calls made."""

    row: MonthlyReturn
    contacts: Sequence[Contact]
    calls: Sequence[ReturnCall]


def list_missing(round_: ReturnRound, reader: User) -> list[MissingReturn]:
    """Return the missing returns of a round in the order of the tree."""
    rows = round_.returns.open().select_related("organization", "round")
    missing = list(rows.order_by("organization__path"))
    contacts = _contacts_of([row.organization_id for row in missing], reader)
    calls = defaultdict[int, list[ReturnCall]](list)
    made = ReturnCall.objects.filter(monthly_return__in=missing)
    for call in made.select_related("made_by").order_by("called_on", "pk"):
        calls[call.monthly_return_id].append(call)
    return [
        MissingReturn(row, contacts.get(row.organization_id, ()), calls[row.pk])
        for row in missing
    ]


def _contacts_of(ids: list[int], reader: User) -> Mapping[int, Sequence[Contact]]:
    """Return who files for each community, with the phones that the reader may see."""
    assignments = RoleAssignment.objects.current().of_roles(COMMUNITY_KEEPERS)
    assignments = assignments.filter(organization__in=ids).select_related("user")
    held = list(assignments.order_by("starts_on", "pk"))
    members = Member.objects.visible_to(reader).filter(
        user__in=[one.user_id for one in held]
    )
    member_by_user = {member.user_id: member for member in members}
    contacts = defaultdict[int, list[Contact]](list)
    for one in held:
        member = member_by_user.get(one.user_id)
        contacts[one.organization_id or 0].append(
            _present(one, member, readable=bool(member and can_unmask(reader, member)))
        )
    return contacts


def _present(one: RoleAssignment, member: Member | None, *, readable: bool) -> Contact:
    name, role = one.user.display_name, str(one.get_role_display())
    if member is None or not member.masked_phone:
        return Contact(name, role)
    return Contact(name, role, member.masked_phone, member.pk if readable else None)
