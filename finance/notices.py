"""Notices to those whose signatures a voucher bears."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notices import notify
from finance.models import Voucher


def notify_signers(
    voucher: Voucher, signers: Iterable[User | None], *, by: User, reason: str
) -> None:
    """Tell those who had signed that the voucher was sent back or cancelled.

    The person who entered it hears of it too; the person who does it does not.
    """
    people = {one.pk: one for one in [voucher.entered_by, *signers] if one is not None}
    for person in people.values():
        if person.pk != by.pk:
            notify(
                person,
                _("Voucher “{summary}” is now “{state}” ({name}): {reason}"),
                about=voucher,
                summary=voucher.summary,
                state=voucher.get_state_display(),
                name=str(by),
                reason=reason,
            )
