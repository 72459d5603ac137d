"""Sign-in with a username or a phone number."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import F, Q
from django.http import HttpRequest

from accounts.guesses import take_back_guess
from accounts.models import User
from accounts.models.people import folded_username
from core.crypto import blind_index
from core.errors import DomainError
from core.identity import phone_index

LONGEST_NAME = 100
"""Nobody's username or phone is as long, however it is typed."""


def digest_unknown_name(text: str) -> str:
    """Return the digest by which lockout counts a name that no account has.

    The text may be a personal number typed into the wrong field, so it is never stored
    in plain text.
    """
    try:
        return phone_index(text)
    except DomainError:
        return blind_index(folded_username(text), purpose="name of a stranger")


def find_account(text: str) -> User | None:
    """Return the account with this username or phone number, if any.

    The text comes as it was sent: it is looked up before any form has cleaned it, to
    count wrong passwords. No account has a name that a database cannot even hold.
    """
    if "\0" in text or len(text) > LONGEST_NAME:
        return None
    try:
        condition = Q(phone_index=phone_index(text))
    except DomainError:
        condition = Q(username=folded_username(text))
    user: User | None = User.objects.filter(condition).first()
    return user


class UsernameOrPhone(BaseBackend):
    """Authenticates by username or phone, in equal time for unknown names."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_kwargs: Any,
    ) -> User | None:
        """Return the person if the password is right and their account is open."""
        if not username or password is None:
            return None
        user = find_account(username)
        if user is None:
            User().set_password(password)
            return None
        if not user.check_password(password) or not user.is_active:
            return None
        take_back_guess(request)
        return user

    def get_user(self, user_id: int) -> User | None:
        """Return the signed-in person, unless their account was closed meanwhile.

        The object lives for one request, so it caches the scope: a changed role takes
        effect at the next request. The scope includes the member's key, and every
        request asks for it, hence the join; few pages need the member's columns.
        """
        may_sign_in = User.objects.filter(pk=user_id, is_active=True)
        user: User | None = may_sign_in.annotate(member_pk=F("member__pk")).first()
        if user is not None:
            user.caches_scope = True
        return user
