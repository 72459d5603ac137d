"""Deeds on accounts: making them, letting people in and shutting them out."""

from django.db import transaction

from accounts.errors import NotToOneself
from accounts.models import User
from core import trail
from core.constraints import checked
from core.identity import folded


def folded_username(text: str) -> str:
    """Return the one form of a username: full width and case are folded."""
    return folded(text).lower()


@transaction.atomic
def create_account(
    username: str,
    *,
    by: User | None,
    display_name: str,
    phone_index: str | None = None,
    email: str = "",
    is_demo: bool = False,
) -> User:
    """Make an account that nobody can sign in to yet: a slip opens it."""
    user = User(
        username=folded_username(username),
        display_name=display_name,
        phone_index=phone_index,
        email=email,
        is_demo=is_demo,
    )
    user.set_unusable_password()
    checked(user)
    user.save()
    trail.record(
        "accounts.create_account", user, by=by, after={"username": user.username}
    )
    return user


@transaction.atomic
def change_account(user: User, *, by: User | None, **values: object) -> User:
    """Correct an account's name or address, or shut its holder out and in again.

    Whoever is shut out is refused at his very next request.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if values.get("is_active") is False and by is not None and by.pk == user.pk:
        raise NotToOneself
    before = trail.snapshot(user, *values)
    for name, value in values.items():
        setattr(user, name, value)
    checked(user)
    user.save(update_fields=[*values])
    trail.record(
        "accounts.change_account",
        user,
        by=by,
        before=before,
        after=trail.snapshot(user, *values),
    )
    return user


@transaction.atomic
def let_in(user: User, *, password: str) -> User:
    """Set the password a person signs in with from now on; other sessions end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    trail.record("accounts.set_password", user, by=user)
    return user


def note_sign_in(user: User) -> None:
    """Keep in the trail that a person signed in."""
    trail.record("accounts.sign_in", user, by=user)


def note_lockout(user: User) -> None:
    """Keep in the trail that an account was locked after too many wrong passwords."""
    trail.record("accounts.lock_out", user, by=None)
