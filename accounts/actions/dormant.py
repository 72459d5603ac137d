"""Closing office accounts that nobody uses."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.administration import holders_of
from accounts.actions.calendars import revoke_addresses
from accounts.models import RoleAssignment, User
from accounts.notices import notify
from core import audit
from core.actions import action
from core.months import today
from organizations.roles import INSTALLATION, Role


def unused_since(moment: dt.datetime) -> QuerySet[User]:
    """Return the open office accounts into which nobody signed in since a moment.

    Members who serve twice a year keep theirs: an account belongs to the office by an
    office role, or by having neither a role nor a member.
    """
    held = RoleAssignment.objects.standing().filter(user=OuterRef("pk"))
    of_office = Exists(held.exclude(role=Role.MEMBER)) | (
        ~Exists(held) & Q(member__isnull=True)
    )
    never_since = Q(last_login=None) | Q(last_login__lt=moment)
    accounts: QuerySet[User] = User.objects.filter(is_active=True)
    return accounts.filter(of_office, never_since, opened_at__lt=moment)


def close_unused_accounts() -> int:
    """Close the office accounts that nobody used for long; return how many."""
    moment = timezone.now() - dt.timedelta(days=settings.UNUSED_ACCOUNT_DAYS)
    unused = list(unused_since(moment).order_by("pk"))
    return sum(close_unused_account(user) for user in unused)


@action(label=_("Unused account closed"))
def close_unused_account(user: User) -> bool:
    """Close an account and tell its holder and the system administrators.

    The last holder of an administration keeps theirs: nobody could open it again.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not user.is_active or _is_last_administrator(user):
        return False
    user.is_active = False
    user.save(update_fields=["is_active"])
    revoke_addresses(user)
    audit.record(user, by=None, before={"is_active": True}, after={"is_active": False})
    days = settings.UNUSED_ACCOUNT_DAYS
    own_text = _("Your account was closed because it was not used for {days} days.")
    notify(user, own_text, about=None, days=days)
    text = _("The account of {name} was not used for {days} days and was closed.")
    page = reverse("admin:accounts_user_change", args=[user.pk])
    for admin in holders_of(Role.SYSTEM_ADMIN, today()):
        notify(admin, text, about=None, url=page, name=str(user), days=days)
    return True


def _is_last_administrator(user: User) -> bool:
    """Whether nobody else holds an administration that the person holds."""
    roles = {grant.role for grant in user.scope().grants} & INSTALLATION
    return any(
        not holders_of(Role(role), today()).exclude(pk=user.pk).exists()
        for role in roles
    )
