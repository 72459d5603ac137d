"""Actions on the consent that slips for administrators need."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import ConsentIsOver, NeedsSecondAdministrator
from accounts.models import RoleAssignment, SlipConsent, User
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

    They and the account's owner are told.
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
    """Agree that another administrator prints a slip for an administrator, once."""
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


def use_consents(users: Iterable[User], *, by: User | None) -> None:
    """Use up the consents that slips for administrators need; refuse without one.

    The command that sets an installation up needs none: there is nobody to give it.
    """
    if by is None or not settings.ADMINISTRATOR_SLIPS_NEED_CONSENT:
        return
    chosen = [user.pk for user in users]
    for user in administrators().filter(pk__in=chosen):
        given = SlipConsent.objects.select_for_update(of=("self",)).filter(
            user=user, asked_by=by, agreed_at__isnull=False
        )
        consent = given.asked_since(consents_since()).first()
        if consent is None:
            raise NeedsSecondAdministrator(name=user)
        consent.used_at = timezone.now()
        consent.save(update_fields=["used_at"])
