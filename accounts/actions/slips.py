"""Actions on sign-in slips: issue them, and admit a person by one."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.accounts import set_password
from accounts.actions.consents import lacks_consent, use_consents
from accounts.errors import SlipNeedsConsent, SlipNotGood
from accounts.models import SignInSlip, User
from accounts.models.people import folded_username
from accounts.notices import notify
from core import audit
from core.actions import action
from core.crypto import keyed_digest
from core.db.digests import digested
from core.identity import fold_text
from core.months import today
from core.text import StrOrPromise
from organizations.enums import ThresholdKey
from organizations.models import Threshold

SLIP_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SLIP_LENGTH = 12
ASK_IF_NOT_YOU = _("If this was not your wish, ask another administrator at once.")


def slip_digest(code: str) -> str:
    """Return the stored digest of a code; the code itself exists only on paper.

    It is keyed: who may write to the table cannot make up a slip.
    """
    return keyed_digest(f"slip {fold_text(code)}")


def generate_code() -> str:
    """Generate a random code without characters that look alike."""
    return "".join(secrets.choice(SLIP_ALPHABET) for _ in range(SLIP_LENGTH))


@action(label=_("Sign-in slip issued"))
def issue_slips(
    users: Sequence[User], *, by: User | None
) -> list[tuple[SignInSlip, str]]:
    """Issue a one-time slip to each person; return the slips with their codes.

    Earlier slips of these people become invalid.
    """
    now = timezone.now()
    SignInSlip.objects.good(now).filter(user__in=users).update(runs_out_at=now)
    hours = Threshold.objects.on(ThresholdKey.SLIP_HOURS, today())
    codes = [generate_code() for _user in users]
    slips = SignInSlip.objects.bulk_create(
        SignInSlip(
            user=user,
            digest=slip_digest(code),
            issued_by=by,
            runs_out_at=now + dt.timedelta(hours=hours),
        )
        for user, code in zip(users, codes, strict=True)
    )
    use_consents(slips, by=by)
    audit.record_many((audit.AuditEvent(user) for user in users), by=by)
    _tell_of_slips(users, by)
    return list(zip(slips, codes, strict=True))


def _tell_of_slips(users: Sequence[User], by: User | None) -> None:
    """Tell those who have a password already: a slip can replace it."""
    text = _("{by} printed a sign-in slip for your account. {next}")
    issuer = _issuer_name(by)
    for user in users:
        if user.has_usable_password():
            notify(user, text, about=None, by=issuer, next=ASK_IF_NOT_YOU)


def _tell_of_opening(slip: SignInSlip) -> None:
    """Tell a person that their password was set with a slip, and who printed it."""
    text = _("The password of your account was set with a slip printed by {by}. {next}")
    by = _issuer_name(slip.issued_by)
    notify(slip.user, text, about=None, by=by, next=ASK_IF_NOT_YOU)


def _issuer_name(by: User | None) -> StrOrPromise:
    return str(by) if by is not None else _("the setting up of the system")


def issue_slip(user: User, *, by: User | None) -> tuple[SignInSlip, str]:
    """Issue one slip; return it with its code."""
    return issue_slips([user], by=by)[0]


def admit_by_slip(code: str, *, name: str, proof: str, password: str) -> User:
    """Admit a person by their slip and particulars, and set their password.

    A member proves their identity by name and the last four characters of the identity
    number, an account without a member by its name and username. Refuses an invalid
    slip and wrong particulars, and a slip without consent for an account that has
    become an administrator's. Wrong particulars are counted against the slip, so this
    is not one transaction: the count must survive the refusal.
    """
    user = _use_slip(code, name, proof, password)
    if user is None:
        raise SlipNotGood
    return user


@digested
def _use_slip(code: str, name: str, proof: str, password: str) -> User | None:
    """Set the password of a slip's person; count wrong particulars and return None."""
    slips = SignInSlip.objects.select_for_update(of=("self",)).good(timezone.now())
    found = slips.filter(digest=slip_digest(code))
    slip = found.select_related("user", "issued_by").first()
    if slip is None:
        return None
    if not _particulars_match(slip.user, name, proof):
        slip.tries += 1
        slip.save(update_fields=["tries"])
        return None
    # The lock of the account holds back whoever would assign it a role now.
    User.objects.select_for_update(of=("self",)).get(pk=slip.user_id)
    if lacks_consent(slip):
        raise SlipNeedsConsent
    slip.used_at = timezone.now()
    slip.save(update_fields=["used_at"])
    user = set_password(slip.user, password=password)
    _tell_of_opening(slip)
    return user


def _particulars_match(user: User, name: str, proof: str) -> bool:
    member = getattr(user, "member", None)
    if not user.is_active:
        return False
    own_name, own_proof = (
        (user.display_name, user.username)
        if member is None
        else (member.name, fold_text(str(member.id_number)[-4:]))
    )
    typed = folded_username(proof) if member is None else fold_text(proof)
    return _compared_name(name) == _compared_name(own_name) and secrets.compare_digest(
        typed.encode(), own_proof.encode()
    )


def _compared_name(name: str) -> str:
    """Return a name without dots and blanks: keyboards lack the dot of 阿里·木."""
    return "".join(c for c in fold_text(name) if c.isalnum())
