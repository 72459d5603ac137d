"""Actions on the addresses of calendars."""

import secrets

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CalendarAddress, User
from core import audit
from core.actions import action
from core.crypto import keyed_digest
from core.db.constraints import validate

TOKEN_BYTES = 32


def calendar_digest(token: str) -> str:
    """Return the stored digest of an address; the address itself is shown once."""
    return keyed_digest(f"calendar {token}")


@action(label=_("Calendar address made"))
def make_calendar_address(user: User, *, by: User) -> str:
    """Make a new private address of a person's dates; an earlier one opens no more."""
    _revoke_current(user)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    address = CalendarAddress(user=user, digest=calendar_digest(token))
    validate(address)
    address.save()
    audit.record(user, by=by)
    return token


@action(label=_("Calendar address revoked"))
def revoke_calendar_address(user: User, *, by: User) -> None:
    """End the address of a person's dates; revoking it twice is revoking it once."""
    if _revoke_current(user):
        audit.record(user, by=by)


def revoke_addresses(user: User) -> None:
    """End a person's address with their sessions: somebody else may have it."""
    current = CalendarAddress.objects.current().filter(user=user)
    current.update(revoked_at=timezone.now())


def _revoke_current(user: User) -> int:
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    current = CalendarAddress.objects.current().filter(user=user)
    return current.update(revoked_at=timezone.now())
