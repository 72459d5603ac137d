"""Notices about transfers, to those who keep the records at both ends."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment
from accounts.notices import notify, settle_notices
from core.actors import Actor
from core.db.tree import ancestor_paths
from core.text import StrOrPromise, without_stop
from members.models import Transfer
from organizations.models import Organization
from organizations.roles import RECORD_KEEPERS


def notify_keepers(
    transfer: Transfer,
    end: Organization | None,
    text: StrOrPromise,
    *,
    by: Actor | None,
    is_alone: bool = False,
    **values: Any,
) -> None:
    """Notify the record keepers of one end of a transfer, and of what lies above it.

    Whoever takes the step knows of it and is left out; so is with `is_alone` whoever
    works above.
    """
    if end is None:
        return
    paths = [end.path] if is_alone else [*ancestor_paths(end.path), end.path]
    assignments = RoleAssignment.objects.current().of_roles(RECORD_KEEPERS)
    at_place = assignments.filter(organization__path__in=paths)
    people = {one.user_id: one.user for one in at_place.select_related("user")}
    for key, user in sorted(people.items()):
        if by is None or key != by.pk:
            notify(user, text, about=transfer, **{"name": transfer.name, **values})


def name_people(transfers: Sequence[Transfer]) -> str:
    """Return whom some transfers are about: the first, and how many they are."""
    values = {"name": transfers[0].name, "count": len(transfers)}
    if len(transfers) == 1:
        return transfers[0].name
    return gettext("%(name)s and others, %(count)s people,") % values


def notify_issued(transfers: Sequence[Transfer], *, by: Actor | None) -> None:
    """Tell both ends that a letter is issued, each place once of all its people."""
    for transfer in transfers:
        settle_notices(transfer)
    for origin in dict.fromkeys(one.origin for one in transfers):
        own = [one for one in transfers if one.origin == origin]
        notify_keepers(
            own[0],
            origin,
            _(
                "The transfer letter of {name} is issued, no. {number}, valid until"
                " {day}."
            ),
            by=by,
            name=name_people(own),
            number=own[0].number,
            day=own[0].valid_until,
        )
    notify_coming(transfers[0], by=by, name=name_people(transfers))


def notify_coming(transfer: Transfer, *, by: Actor | None, name: str = "") -> None:
    """Tell the place of arrival who comes and until when the letter is valid.

    `name` says who it is where one letter is about several people.
    """
    notify_keepers(
        transfer,
        transfer.destination,
        _(
            "{name} transfers to you from {organization}; the letter is valid until"
            " {day}. Please confirm the arrival."
        ),
        by=by,
        name=name or transfer.name,
        organization=transfer.from_name,
        day=transfer.valid_until,
    )


def notify_arrived(
    transfer: Transfer, *, by: Actor | None, to_community: bool = False
) -> None:
    """Tell the street that an arrival was confirmed.

    The community is told with `to_community`: where the street confirmed it alone.
    """
    settle_notices(transfer)
    notify_keepers(
        transfer,
        transfer.addressee,
        _("{name} has arrived at {organization}. Please receive the transfer."),
        by=by,
        organization=str(transfer.branch),
    )
    if to_community:
        notify_keepers(
            transfer,
            transfer.destination,
            _(
                "{name} has arrived at {organization}, as your street confirmed. The"
                " street still has to receive the transfer."
            ),
            by=by,
            is_alone=True,
            organization=str(transfer.branch),
        )


def notify_received(transfer: Transfer, *, by: Actor | None, name: str = "") -> None:
    """Tell both ends that the member was received; `name` as in `notify_coming`."""
    settle_notices(transfer)
    for organization in (transfer.origin, transfer.branch):
        notify_keepers(
            transfer,
            organization,
            _(
                "{name} was received by {organization} on {day}; the transfer is"
                " complete."
            ),
            by=by,
            name=name or transfer.name,
            organization=transfer.to_name,
            day=transfer.closed_on,
        )


def notify_refused(transfer: Transfer, *, by: Actor | None) -> None:
    """Tell the place of origin that the transfer comes back, and why."""
    settle_notices(transfer)
    notify_keepers(
        transfer,
        transfer.origin,
        _(
            "{organization} refused the transfer of {name}: {reason}. The member stays"
            " with you; please propose anew, or let the matter rest."
        ),
        by=by,
        organization=transfer.addressee_name,
        reason=without_stop(transfer.reason),
    )


def notify_expired(transfer: Transfer) -> None:
    """Tell both ends that the letter has expired and the member is at the origin."""
    notify_keepers(
        transfer,
        transfer.origin,
        _(
            "The transfer letter of {name} expired on {day} without a receipt. The"
            " member still counts with you: have the letter issued anew, or settle it."
        ),
        by=None,
        day=transfer.valid_until,
    )
    notify_keepers(
        transfer,
        transfer.destination,
        _(
            "The transfer letter of {name} from {organization} expired on {day} before"
            " it was received. Only a new letter helps."
        ),
        by=None,
        organization=transfer.from_name,
        day=transfer.valid_until,
    )


def notify_voided(transfer: Transfer, *, by: Actor | None) -> None:
    """Tell both ends that a transfer is void, and why."""
    settle_notices(transfer)
    ends = [transfer.origin]
    if transfer.issued_on is not None:
        ends.append(transfer.destination)
    for organization in ends:
        notify_keepers(
            transfer,
            organization,
            _("The transfer of {name} was voided: {reason}"),
            by=by,
            reason=transfer.reason,
        )
