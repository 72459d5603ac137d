"""Deeds on sign-in slips: printing them, and letting a person in by one."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.accounts import folded_username, set_password
from accounts.errors import SlipNotGood
from accounts.models import SignInSlip, User
from core import audit
from core.actions import action
from core.identity import folded
from core.months import today
from organizations.enums import ThresholdKey
from organizations.models import Threshold

SLIP_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SLIP_LENGTH = 12


def slip_digest(code: str) -> str:
    """Digest a slip's code as it is stored; the code itself is on paper alone."""
    return hashlib.sha256(folded(code).encode()).hexdigest()


def generate_code() -> str:
    """Draw the code of one slip, without characters that look alike."""
    return "".join(secrets.choice(SLIP_ALPHABET) for _ in range(SLIP_LENGTH))


@action(label=_("Sign-in slip issued"))
def issue_slips(
    users: Sequence[User], *, by: User | None
) -> list[tuple[SignInSlip, str]]:
    """Issue a one-time slip to each; return them with the codes to be printed.

    Earlier slips of these people no longer open anything.
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
    audit.record_many((audit.AuditEvent(user) for user in users), by=by)
    return list(zip(slips, codes, strict=True))


def issue_slip(user: User, *, by: User | None) -> tuple[SignInSlip, str]:
    """Issue one slip; return it with its code."""
    return issue_slips([user], by=by)[0]


def admit_by_slip(code: str, *, name: str, proof: str, password: str) -> User:
    """Let a person in by his slip and his particulars, and set his password.

    A member proves himself by name and the last four of the identity number; an
    account without a member by its username. Wrong particulars are counted against the
    slip, which is why this is no single transaction: the count outlives the refusal.
    """
    with transaction.atomic():
        slips = SignInSlip.objects.select_for_update(of=("self",)).good(timezone.now())
        slip = slips.filter(digest=slip_digest(code)).select_related("user").first()
        if slip is not None and _particulars_match(slip.user, name, proof):
            slip.used_at = timezone.now()
            slip.save(update_fields=["used_at"])
            return set_password(slip.user, password=password)
        if slip is not None:
            slip.tries += 1
            slip.save(update_fields=["tries"])
    raise SlipNotGood


def _particulars_match(user: User, name: str, proof: str) -> bool:
    member = getattr(user, "member", None)
    if not user.is_active:
        return False
    if member is None:
        return folded_username(proof) == user.username
    last_four = str(member.id_number)[-4:]
    return _compared_name(name) == _compared_name(
        member.name
    ) and secrets.compare_digest(folded(proof).encode(), last_four.encode())


def _compared_name(name: str) -> str:
    """Return a name without its dots and blanks: no keyboard has the dot of 阿里·木."""
    return "".join(c for c in folded(name) if c.isalnum())
