"""Actions on accounts: create, change, set the password, record sign-ins."""

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.administration import require_other_administrator
from accounts.actions.calendars import revoke_addresses
from accounts.errors import (
    AccountOfFormerMember,
    NotToOneself,
    PasswordTooWeak,
    UsernameIsPhone,
)
from accounts.models import FormerPassword, User
from accounts.models.people import folded_username
from accounts.notices import notify
from core import audit
from core.actions import action
from core.db.constraints import validate
from core.identity import is_phone
from core.months import today
from core.names import fold_name
from organizations.roles import INSTALLATION, Role


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
        username=_refuse_phone(folded_username(username)),
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
    their own account, and that of an administration's last holder stays open. Who has
    the account is notified of the reopening.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    closes = user.is_active and values.get("is_active") is False
    opens = not user.is_active and values.get("is_active") is True
    if closes:
        _refuse_closing(user, by)
        revoke_addresses(user)
    if "display_name" in values:
        values["display_name"] = fold_name(str(values["display_name"]))
    with audit.recording(user, *values, by=by):
        for name, value in values.items():
            setattr(user, name, value)
        if opens:
            refuse_former_member(user)
            user.opened_at = timezone.now()
        validate(user)
        user.save(update_fields=[*values, "opened_at"])
    if opens:
        text = _("Your account, which was closed, was opened again.")
        notify(user, text, about=None)
    return user


@action(label=_("Username corrected"))
def correct_username(
    user: User, username: str, *, by: User | None, reason: str
) -> User:
    """Correct the name with which a person signs in, and tell them."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    with audit.recording(user, "username", by=by, reason=reason):
        user.username = _refuse_phone(folded_username(username))
        validate(user)
        user.save(update_fields=["username"])
    text = _("Your username for signing in is now {name}.")
    notify(user, text, about=None, name=user.username)
    return user


def _refuse_phone(username: str) -> str:
    """Return the username, or refuse one that reads as a phone number.

    Signing in looks such a text up as the phone of whoever has that number.
    """
    if is_phone(username):
        raise UsernameIsPhone
    return username


def refuse_former_member(user: User) -> None:
    """Refuse the account of somebody whose membership has ended.

    The end of a membership locks the account before it closes it: whoever has locked
    it reads here whether the membership goes on.
    """
    member = getattr(user, "member", None)
    if member is not None and member.ended_on is not None:
        raise AccountOfFormerMember(name=member.name, day=member.ended_on)


def _refuse_closing(user: User, by: User | None) -> None:
    """Refuse to close one's own account or that of an administration's last holder."""
    if by is not None and by.pk == user.pk:
        raise NotToOneself
    for grant in user.scope().grants:
        if grant.role in INSTALLATION:
            require_other_administrator(user, Role(grant.role), today())


@action(label=_("Password set"))
def set_password(user: User, *, password: str) -> User:
    """Set a person's password; their other sessions end.

    Every way to set one comes here, so the rules are the same for all. The demo's
    accounts alone have a password that is printed beside them.
    """
    if not user.is_demo:
        _refuse_weak_password(user, password)
    user.set_password(password)
    user.password_set_at = timezone.now()
    user.save(update_fields=["password", "password_set_at"])
    _remember_password(user)
    revoke_addresses(user)
    audit.record(user, by=user)
    return user


@action(label=_("Password voided"))
def void_password(user: User, *, by: User | None) -> User:
    """Take the password away: sessions end, and a new slip opens the account."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    revoke_addresses(user)
    audit.record(user, by=by)
    return user


def _refuse_weak_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordTooWeak(reasons=" ".join(error.messages)) from error


def _remember_password(user: User) -> None:
    """Keep the digests of the last passwords, and no others."""
    former = FormerPassword.objects.filter(user=user)
    FormerPassword.objects.create(user=user, hash=user.password)
    last = former.order_by("-pk")[: settings.PASSWORDS_REMEMBERED]
    former.exclude(pk__in=[*last.values_list("pk", flat=True)]).delete()


@action(label=_("Signed in"))
def record_sign_in(user: User) -> None:
    """Record that a person signed in, and stamp when."""
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    audit.record(user, by=user)
