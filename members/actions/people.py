"""Accounts, sign-in slips and skills of members."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import assign_role, create_account, issue_slips
from accounts.models import SignInSlip, User
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.digests import digested
from members.actions.membership_bounds import refuse_ended_membership
from members.models import Member
from organizations.roles import Role


@digested
def open_account(
    member: Member,
    *,
    by: User | None,
    username: str | None = None,
    is_demo: bool = False,
) -> User:
    """Give the member an account; a second call returns the same one.

    The username is opaque unless staff choose one; members can also sign in by phone,
    found by its blind index. Refuses members whose membership has ended.
    """
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    refuse_ended_membership(member)
    if member.user is not None:
        return member.user
    is_taken = User.objects.filter(phone_index=member.phone_index).exists()
    user = create_account(
        username or f"m{member.pk:08d}",
        by=by,
        display_name=member.name[:40],
        phone_index=None if is_taken else member.phone_index,
        is_demo=is_demo,
    )
    assign_role(user, Role.MEMBER, by=None)
    member.user = user
    member.save(update_fields=["user"])
    return user


@transaction.atomic
def issue_member_slips(
    members: Sequence[Member], *, by: User | None
) -> list[tuple[SignInSlip, str]]:
    """Issue a sign-in slip to each member; create missing accounts."""
    return issue_slips([open_account(member, by=by) for member in members], by=by)


@action(label=_("Skills noted"), former_name="keep_skills")
def set_skills(
    member: Member,
    *,
    skills: Sequence[str],
    available: str,
    by: Actor | None,
    willing: str = "",
    interests: Sequence[str] | None = None,
    free_hours: Sequence[str] | None = None,
) -> Member:
    """Record what members can do and like, and when they are free, for suitable posts.

    Interests and hours that are not given stay as they are.
    """
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    given = {"skills": skills, "interests": interests, "free_hours": free_hours}
    lists = {name: list(codes) for name, codes in given.items() if codes is not None}
    before = audit.snapshot(member, *lists)
    for name, codes in lists.items():
        setattr(member, name, codes)
    member.save(update_fields=list(lists))
    said = {"available": available, **({"willing": willing} if willing else {})}
    member.check_ins.filter(ends_on=None).update(**said)
    audit.record(
        member,
        by=by,
        organization_id=member.community_id or member.organization_id,
        before=before,
        after={**lists, **said},
    )
    return member
