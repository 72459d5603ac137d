"""Giving members an account of their own."""

from django.db import transaction

from accounts.actions import charge_with_duty, create_account
from accounts.models import User
from core.duties import DutyCode
from members.models import Member


@transaction.atomic
def open_account(
    member: Member,
    *,
    by: User | None,
    username: str | None = None,
    is_demo: bool = False,
) -> User:
    """Give the member an account; a second call returns the same one.

    The username is opaque unless staff choose one; the phone opens the account too,
    found through its blind index.
    """
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.user is not None:
        return member.user
    taken = User.objects.filter(phone_index=member.phone_index).exists()
    user = create_account(
        username or f"m{member.pk:08d}",
        by=by,
        display_name=member.name[:40],
        phone_index=None if taken else member.phone_index,
        is_demo=is_demo,
    )
    charge_with_duty(user, DutyCode.MEMBER, by=None)
    member.user = user
    member.save(update_fields=["user"])
    return user
