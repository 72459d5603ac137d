"""Notices to the two sides of an agreement."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, User
from accounts.notices import notify, settle_notices
from cobuilding.enums import SIGNING, Side
from cobuilding.models import Agreement
from core.db.querysets import any_of
from organizations.roles import Role


def parties_to(agreement: Agreement, *sides: Side) -> list[User]:
    """Return the accounts that speak for the sides today, by default for both."""
    holders = {
        Side.UNIT: Q(role=Role.LIAISON, unit=agreement.unit_id),
        Side.COMMUNITY: Q(role__in=SIGNING, organization=agreement.organization_id),
    }
    speaks = any_of(holders[side] for side in sides or Side)
    held = RoleAssignment.objects.current().filter(speaks)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))


def notify_awaiting(agreement: Agreement, side: Side, *, signed_by: User) -> None:
    """Tell one side that the other has signed and that it is their turn."""
    settle_notices(agreement)
    text = _(
        "“{title}” waits for your signature: {name} signed it for the other side."
        " Please read the terms, then sign."
    )
    for user in parties_to(agreement, side):
        if user.pk != signed_by.pk:
            title, name = agreement.title, str(signed_by)
            notify(user, text, about=agreement, title=title, name=name)


def notify_in_force(agreement: Agreement, *, signed_by: User) -> None:
    """Notify both sides, but not who signed last, that the agreement is in force."""
    settle_notices(agreement)
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
    settle_notices(agreement)
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
