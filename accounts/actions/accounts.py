"""Actions on accounts: create, change, set the password, record sign-ins."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import NotToOneself
from accounts.models import User
from core import audit
from core.actions import action
from core.db.constraints import validate
from core.identity import fold_text
from core.names import fold_name


def folded_username(text: str) -> str:
    """Return a username in its normal form: half width, lower case."""
    return fold_text(text).lower()


@action(label=_("Account opened"))
def create_account(
    username: str,
    *,
    by: User | None,
    display_name: str,
    phone_index: str | None = None,
    email: str = "",
    is_demo: bool = False,
) -> User:
    """Create an account without a password; its holder first signs in with a slip."""
    user = User(
        username=folded_username(username),
        display_name=fold_name(display_name),
        phone_index=phone_index,
        email=email,
        is_demo=is_demo,
    )
    user.set_unusable_password()
    validate(user)
    user.save()
    audit.record(user, by=by, after={"username": user.username})
    return user


@action(label=_("Account changed"))
def change_account(user: User, *, by: User | None, **values: object) -> User:
    """Correct an account's name or address, or close or reopen it.

    The holder of a closed account is refused at their next request. Nobody may close
    their own account.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if values.get("is_active") is False and by is not None and by.pk == user.pk:
        raise NotToOneself
    if "display_name" in values:
        values["display_name"] = fold_name(str(values["display_name"]))
    before = audit.snapshot(user, *values)
    for name, value in values.items():
        setattr(user, name, value)
    validate(user)
    user.save(update_fields=[*values])
    audit.record(
        user,
        by=by,
        before=before,
        after=audit.snapshot(user, *values),
    )
    return user


@action(label=_("Password set"))
def set_password(user: User, *, password: str) -> User:
    """Set a person's password; their other sessions end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(user, by=user)
    return user


@action(label=_("Signed in"))
def record_sign_in(user: User) -> None:
    """Record that a person signed in."""
    audit.record(user, by=user)


@action(label=_("Locked after wrong passwords"))
def record_lockout(user: User) -> None:
    """Record that an account was locked after too many wrong passwords."""
    audit.record(user, by=None)
