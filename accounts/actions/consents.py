"""Actions on the consent that slips for administrators need."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import (
    ConsenterOpenedWithout,
    ConsentIsOver,
    NeedsSecondAdministrator,
)
from accounts.models import RoleAssignment, SignInSlip, SlipConsent, User
from accounts.notices import notify
from core import audit
from core.actions import action
from core.db.constraints import validate
from core.months import today
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import INSTALLATION


def administrators() -> QuerySet[User]:
    """Return the open accounts that hold an administration, today or later."""
    held = RoleAssignment.objects.standing().of_roles(INSTALLATION)
    accounts: QuerySet[User] = User.objects.filter(is_active=True)
    return accounts.filter(Exists(held.filter(user=OuterRef("pk"))))


def consents_since() -> dt.datetime:
    """Return the moment from which on a consent is good: as long as a slip is."""
    hours = Threshold.objects.on(ThresholdKey.SLIP_HOURS, today())
    return timezone.now() - dt.timedelta(hours=hours)


@action(label=_("Consent to a slip asked for"))
def ask_consent(user: User, *, by: User) -> SlipConsent:
    """Ask the other administrators for their consent to a slip for an administrator.

    They and the account's owner are notified.
    """
    unused = SlipConsent.objects.filter(user=user, asked_by=by, used_at=None)
    unused.filter(asked_at__lt=consents_since()).delete()
    consent = SlipConsent(user=user, asked_by=by)
    validate(consent)
    consent.save()
    audit.record(user, by=by)
    page = reverse("accounts:consents")
    text = _("{by} asks for a sign-in slip for the administrator {name}.")
    for other in administrators().exclude(pk=by.pk):
        notify(other, text, about=None, url=page, by=str(by), name=str(user))
    return consent


@action(label=_("Consent to a slip given"))
def agree_to_slip(consent: SlipConsent, *, by: User) -> SlipConsent:
    """Agree that another administrator prints a slip for an administrator, once.

    Refuses whoever opened their own account with a slip that nobody agreed to: who
    printed that slip may be the one who asks.
    """
    if settings.ADMINISTRATOR_SLIPS_NEED_CONSENT and _was_opened_without_consent(by):
        raise ConsenterOpenedWithout
    consent = SlipConsent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    is_open = consent.used_at is None and consent.asked_at >= consents_since()
    if consent.agreed_by_id is not None or not is_open:
        raise ConsentIsOver
    consent.agreed_by, consent.agreed_at = by, timezone.now()
    validate(consent)
    consent.save(update_fields=["agreed_by", "agreed_at"])
    audit.record(consent.user, by=by)
    text = _("{by} agreed to the sign-in slip for {name}: you can print it now.")
    notify(
        consent.asked_by,
        text,
        about=None,
        url=reverse("accounts:slips"),
        by=str(by),
        name=str(consent.user),
    )
    return consent


def needing_consent(users: Iterable[User], *, issuer: User | None) -> QuerySet[User]:
    """Return those of the accounts whose slip needs a second administrator's consent.

    The command that sets an installation up needs none: there is nobody to give it.
    """
    if issuer is None or not settings.ADMINISTRATOR_SLIPS_NEED_CONSENT:
        return administrators().none()
    return administrators().filter(pk__in=[user.pk for user in users])


def lacks_consent(slip: SignInSlip) -> bool:
    """Whether the slip opens an administrator's account without any consent.

    Asked when the slip is used: its account may have become an administrator's since.
    """
    if not needing_consent([slip.user], issuer=slip.issued_by).exists():
        return False
    return not _has_consent(slip)


def _has_consent(slip: SignInSlip) -> bool:
    """Whether a second administrator agreed, or the setting up issued the slip."""
    if slip.issued_by_id is None:
        return True
    given = SlipConsent.objects.filter(
        user_id=slip.user_id, asked_by=slip.issued_by_id, agreed_at__isnull=False
    )
    return given.filter(used_at=slip.issued_at).exists()


def _last_used_slip(user: User) -> SignInSlip | None:
    """Return the slip with which an account was opened last."""
    used = SignInSlip.objects.filter(user=user, used_at__isnull=False)
    return used.order_by("used_at", "pk").last()


def _was_opened_without_consent(user: User) -> bool:
    """Whether the account was opened last by a slip that one person alone printed."""
    slip = _last_used_slip(user)
    return slip is not None and not _has_consent(slip)


def has_password_of_one_alone(user: User) -> bool:
    """Whether one person alone could have set the password of the account.

    It can be used, and no slip with consent stands behind it: whoever printed the slip
    or set the password may know it. Asked where the account becomes an
    administrator's, and only where slips of administrators need consent.
    """
    if not settings.ADMINISTRATOR_SLIPS_NEED_CONSENT or not user.has_usable_password():
        return False
    slip = _last_used_slip(user)
    return slip is None or not _has_consent(slip)


def use_consents(slips: Sequence[SignInSlip], *, by: User | None) -> None:
    """Use up the consents that slips for administrators need; refuse without one.

    A consent is used in the very moment in which its slip is issued.
    """
    issued_at = {slip.user_id: slip.issued_at for slip in slips}
    users = [slip.user for slip in slips]
    for user in needing_consent(users, issuer=by):
        given = SlipConsent.objects.select_for_update(of=("self",)).filter(
            user=user, asked_by=by, agreed_at__isnull=False
        )
        consent = given.asked_since(consents_since()).first()
        if consent is None:
            raise NeedsSecondAdministrator(name=user)
        consent.used_at = issued_at[user.pk]
        consent.save(update_fields=["used_at"])
