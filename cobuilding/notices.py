"""Notices to the two sides of an agreement."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, User
from accounts.notices import notify
from cobuilding.enums import SIGNING
from cobuilding.models import Agreement
from organizations.roles import Role


def parties_to(agreement: Agreement) -> list[User]:
    """Return the accounts that speak for the two sides today."""
    of_unit = Q(role=Role.LIAISON, unit=agreement.unit_id)
    of_community = Q(role__in=SIGNING, organization=agreement.organization_id)
    held = RoleAssignment.objects.current().filter(of_unit | of_community)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))


def notify_in_force(agreement: Agreement, *, signed_by: User) -> None:
    """Notify both sides, but not who signed last, that the agreement is in force."""
    for user in parties_to(agreement):
        if user.pk != signed_by.pk:
            notify(
                user,
                _("“{title}” is in force: {name} signed it, too"),
                about=agreement,
                title=agreement.title,
                name=str(signed_by),
            )


def notify_ended(agreement: Agreement) -> None:
    """Notify both sides, but not the person who did it, that the agreement ended."""
    for user in parties_to(agreement):
        if user.pk != agreement.ended_by_id:
            notify(
                user,
                _("“{title}” was ended by {name}: {reason}"),
                about=agreement,
                title=agreement.title,
                name=name_of_ender(agreement),
                reason=agreement.end_reason,
            )


def name_of_ender(agreement: Agreement) -> str:
    """Return who ended an agreement, as pages and notices name them."""
    return str(agreement.ended_by or _("the system"))
