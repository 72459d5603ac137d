"""Refusals about signing in and duties."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class SlipNotGood(DomainError):
    """The slip is unknown, used, run out, or does not fit the particulars."""

    message = _(
        "The slip and the particulars do not fit together, or the slip was used or has"
        " run out. Nothing was changed: check both, or have a new slip printed."
    )


class AccountantIsCashier(DomainError):
    """Accountant and cashier over the same money are never one person (R-61)."""

    message = _(
        "%(name)s already keeps this money in the other role. Accountant and cashier"
        " are never one person; choose somebody else."
    )


class GrantsMoreThanHeld(DomainError):
    """Nobody may charge another with more than he holds himself."""

    message = _(
        "You can only assign roles that lie within your own. Nothing was given."
    )


class NotToOneself(DomainError):
    """Nobody gives himself a duty or a slip, nor shuts himself out."""

    message = _(
        "Nobody may do this to his own account. Nothing was changed: ask another"
        " administrator."
    )
