"""Refusals about what members promise."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NowhereToPledge(DomainError):
    """The member belongs nowhere and is checked in nowhere: nobody could accept it."""

    message = _(
        "%(name)s belongs to no branch and is checked in nowhere, so nobody could"
        " accept the pledge. Nothing was saved: check in first."
    )


class PledgeDecided(DomainError):
    """What was promised has been accepted, or is settled, and is not changed any more.

    The state says which.
    """

    message = _(
        "This pledge is “%(state)s”, so nothing was changed. Look at its page to see"
        " what comes next."
    )


class PledgeNotOver(DomainError):
    """The period of the promise goes on."""

    message = _(
        "The period of this pledge lasts until %(day)s. Nothing was saved: record what"
        " came of it once it is over, or that it was kept already."
    )


class OutcomeWithoutReason(DomainError):
    """Whoever did not keep a promise, or only partly, has a reason to be told."""

    message = _(
        "Say why it was not kept, or only partly. Nothing was saved: add the reason."
    )


class PledgeVoided(DomainError):
    """A promise is voided once."""

    message = _("This pledge was voided on %(day)s. Nothing was changed.")
