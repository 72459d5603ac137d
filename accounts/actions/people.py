"""Deeds on accounts, duties and sign-in slips."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from accounts.errors import GrantsMoreThanHeld, MoneyHandsAreTwo, SlipNotGood
from accounts.models import Duty, SignInSlip, User
from core import trail
from core.constraints import checked
from core.duties import MONEY_KEEPERS, DutyCode, scope_of
from core.identity import folded
from core.months import today
from organizations.enums import ThresholdKey
from organizations.models import Organization, Threshold, Unit

SLIP_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SLIP_LENGTH = 12


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
    is_demo: bool = False,
) -> User:
    """Make an account that nobody can sign in to yet: a slip opens it."""
    user = User(
        username=folded_username(username),
        display_name=display_name,
        phone_index=phone_index,
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
def charge_with_duty(
    user: User,
    code: DutyCode,
    *,
    by: User | None,
    organization: Organization | None = None,
    unit: Unit | None = None,
    starts_on: dt.date | None = None,
) -> Duty:
    """Charge a person with a duty from a day on, today unless said."""
    _refuse_beyond_own(by, code, organization)
    _refuse_both_money_hands(user, code, organization)
    duty = Duty(
        user=user,
        code=code,
        organization=organization,
        unit=unit,
        starts_on=starts_on or today(),
        delegated_by=by,
    )
    checked(duty)
    duty.save()
    trail.record(
        "accounts.charge_with_duty",
        duty,
        by=by,
        organization_id=duty.organization_id,
        after=trail.snapshot(duty),
    )
    return duty


def _refuse_beyond_own(
    by: User | None, code: DutyCode, organization: Organization | None
) -> None:
    """Street staff give duties within their street; administrators any."""
    if by is None or scope_of(by).holds(
        {DutyCode.SYSTEM_ADMIN, DutyCode.SECURITY_ADMIN}
    ):
        return
    if organization is None and code in {DutyCode.MEMBER, DutyCode.LIAISON}:
        return
    if organization is None or not scope_of(by).reaches(
        organization.path, {DutyCode.STREET_STAFF}
    ):
        raise GrantsMoreThanHeld


def _refuse_both_money_hands(
    user: User, code: DutyCode, organization: Organization | None
) -> None:
    """Hold accountant and cashier apart along the whole line of the tree (R-61)."""
    if code not in MONEY_KEEPERS or organization is None:
        return
    other = MONEY_KEEPERS - {code}
    held = Duty.objects.current().of_codes(other).filter(user=user)
    for path in held.values_list("organization__path", flat=True):
        if path.startswith(organization.path) or organization.path.startswith(path):
            raise MoneyHandsAreTwo(name=user)


@transaction.atomic
def end_duty(duty: Duty, *, by: User | None, reason: str) -> Duty:
    """End a duty today; a duty begun today is ended with tomorrow."""
    duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    duty.ends_on = max(today(), duty.starts_on + dt.timedelta(days=1))
    duty.save(update_fields=["ends_on"])
    trail.record(
        "accounts.end_duty",
        duty,
        by=by,
        organization_id=duty.organization_id,
        after={"ends_on": duty.ends_on.isoformat()},
        reason=reason,
    )
    return duty


def slip_digest(code: str) -> str:
    """Digest a slip's code as it is stored; the code itself is on paper alone."""
    return hashlib.sha256(folded(code).encode()).hexdigest()


@transaction.atomic
def issue_slip(user: User, *, by: User | None) -> tuple[SignInSlip, str]:
    """Issue a one-time slip; return it with the code to be printed.

    Earlier slips of the person no longer open anything.
    """
    now = timezone.now()
    user.slips.good(now).update(runs_out_at=now)
    code = "".join(secrets.choice(SLIP_ALPHABET) for _ in range(SLIP_LENGTH))
    hours = Threshold.objects.on(ThresholdKey.SLIP_HOURS, today())
    slip = SignInSlip.objects.create(
        user=user,
        digest=slip_digest(code),
        issued_by=by,
        runs_out_at=now + dt.timedelta(hours=hours),
    )
    trail.record("accounts.issue_slip", user, by=by)
    return slip, code


@transaction.atomic
def admit_by_slip(code: str, *, name: str, proof: str, password: str) -> User:
    """Let a person in by his slip and his particulars, and set his password.

    A member proves himself by name and the last four of the identity number; an
    account without a member by its username.
    """
    slips = SignInSlip.objects.select_for_update().good(timezone.now())
    slip = slips.filter(digest=slip_digest(code)).select_related("user").first()
    if slip is None or not _fits(slip.user, name, proof):
        raise SlipNotGood
    slip.used_at = timezone.now()
    slip.save(update_fields=["used_at"])
    return let_in(slip.user, password=password)


def _fits(user: User, name: str, proof: str) -> bool:
    member = getattr(user, "member", None)
    if member is None:
        return folded_username(proof) == user.username
    last_four = str(member.id_number)[-4:]
    return folded(name) == folded(member.name) and secrets.compare_digest(
        folded(proof).encode(), last_four.encode()
    )


@transaction.atomic
def let_in(user: User, *, password: str) -> User:
    """Set the password a person signs in with from now on."""
    user.set_password(password)
    user.save(update_fields=["password"])
    trail.record("accounts.set_password", user, by=user)
    return user
