"""Signing in with a username or a phone number."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.http import HttpRequest

from accounts.actions.accounts import folded_username
from accounts.models import User
from core.crypto import blind_index
from core.errors import DomainError
from core.identity import phone_index


def digest_unknown_name(text: str) -> str:
    """Return the digest by which lockout counts a name that no account has.

    It may be a number typed into the wrong place, so it is kept nowhere in plain.
    """
    try:
        return phone_index(text)
    except DomainError:
        return blind_index(folded_username(text), purpose="name of a stranger")


def find_account(text: str) -> User | None:
    """Return the account that a username or a phone number names."""
    try:
        named = Q(phone_index=phone_index(text))
    except DomainError:
        named = Q(username=folded_username(text))
    found: User | None = User.objects.filter(named).first()
    return found


class UsernameOrPhone(BaseBackend):
    """Finds the person by either, and takes the same time for strangers."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_kwargs: Any,
    ) -> User | None:
        """Return the person whose password this is, if he may sign in."""
        if not username or password is None:
            return None
        user = find_account(username)
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """Return the signed-in person, unless he was shut out meanwhile.

        He serves this one request, so his scope is read once: what he is charged with
        or relieved of takes effect at the next. That he is a member belongs to it.
        """
        may_sign_in = User.objects.filter(pk=user_id, is_active=True)
        found: User | None = may_sign_in.select_related("member").first()
        if found is not None:
            found.caches_scope = True
        return found
